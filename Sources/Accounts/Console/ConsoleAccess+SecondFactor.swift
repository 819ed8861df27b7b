import Foundation
import Geography

/// The second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day on which it is lost.
extension ConsoleAccess {
    /// What an authenticator app needs to know.
    public struct Offer: Sendable {
        /// In groups of four, for typing.
        public let secret: String
        /// The key URI that apps understand: `otpauth://totp/…`.
        public let uri: String
    }

    /// What the second factor of a ticket's admin shall be, the same at each look.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` where the ticket is none, or old; ``AccountError/conflict(_:)`` where the admin has
    ///   a second factor.
    public func offer(for ticketText: String) async throws -> Offer {
        let hash = try ticket(ticketText)
        let now = clock.now
        let admin = try await store.step(onConsole: .token(hash)) { found in
            let (admin, account) = try Self.holder(of: found, at: now)
            guard account.secondFactor == nil else { throw AccountError.conflict("There is a second factor already.") }
            return ConsoleDecision(admin)
        }
        let secret = Base32.text(secrets.offered(for: hash))
        let issuer = links.consoleName
        let account = admin.email.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let groups = stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }
        return Offer(
            secret: groups.joined(separator: " "),
            uri: "otpauth://totp/\(issuer):\(account)?secret=\(secret)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30")
    }

    /// Takes the code that follows the password: of the app, or a recovery code, or the first of a new app.
    ///
    /// Of two uses of one code exactly one gets in.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` where the ticket is none, or old; ``AccountError/invalidCredentials`` for a wrong or used
    ///   code; ``AccountError/throttled(retryAfterSeconds:)``.
    public func enter(with ticketText: String, code typed: String, from client: Client = .unknown) async throws -> Entrance {
        let (hash, now) = (try ticket(ticketText), clock.now)
        let admin = try await store.step(onConsole: .token(hash)) { ConsoleDecision(try Self.holder(of: $0, at: now).admin) }
        let attempt = try throttle.admit(secondFactorOf: admin.id)
        do {
            let entrance = try await enter(by: hash, typed, attempt, from: client, at: now)
            guard let entrance else { throw AccountError.invalidCredentials }
            return entrance
        } catch {
            throttle.end(attempt)
            throw error
        }
    }

    private func enter(
        by ticket: TokenHash, _ typed: String, _ attempt: Throttle.Attempt, from client: Client, at now: Timestamp
    ) async throws -> Entrance? {
        let session = mint.credential(.consoleSession)
        var random = SystemRandomNumberGenerator()
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode(using: &random).text }
        return try await store.step(onConsole: .token(ticket)) { found in
            var (admin, account) = try Self.holder(of: found, at: now)
            let isNew = account.secondFactor == nil
            guard let event = try accept(typed, for: ticket, newCodes: codes, account: &account, at: now) else {
                var change = ConsoleChange()
                change.throttles = throttle.failed(attempt)
                change.events = [AuditEvent(.adminLogInRefused, by: .anonymous, subject: "\(admin.id)")]
                return ConsoleDecision(nil, change)
            }
            var change = ConsoleChange()
            change.account = account
            change.spends = [.secondFactor]
            change.throttles = throttle.succeeded(attempt)
            change.events = event.map { [AuditEvent($0, by: .admin(admin.id), subject: "\(admin.id)")] } ?? []
            open(session, for: admin, from: client, at: now, in: &change)
            return ConsoleDecision(entrance(session, for: admin, recoveryCodes: isNew ? codes : []), change)
        }
    }

    /// Checks a code and writes down that it was used.
    ///
    /// - Returns: nil for a wrong code; else what it means for the audit log beside the log-in, or nothing.
    private func accept(
        _ typed: String, for ticket: TokenHash, newCodes: [String], account: inout ConsoleAccount, at now: Timestamp
    ) throws -> AuditEvent.Action?? {
        let digits = typed.filter { !$0.isWhitespace }
        guard var factor = account.secondFactor else {
            let secret = secrets.offered(for: ticket)
            guard let step = TimeBasedCode(secret: secret).step(of: digits, at: now, after: -1) else { return nil }
            account.secondFactor = SecondFactor(
                sealedSecret: try secrets.seal(secret, of: account.admin), lastStep: step,
                recoveryCodes: Set(newCodes.compactMap(RecoveryCode.hash(ofTyped:))))
            return .some(.adminSecondFactorSet)
        }
        let secret = try secrets.open(factor.sealedSecret, of: account.admin)
        if let step = TimeBasedCode(secret: secret).step(of: digits, at: now, after: factor.lastStep) {
            factor.lastStep = step
            account.secondFactor = factor
            return .some(nil)
        }
        guard let code = RecoveryCode.hash(ofTyped: typed), factor.recoveryCodes.remove(code) != nil else { return nil }
        account.secondFactor = factor
        return .some(.adminRecoveryCodeUsed)
    }

    /// New recovery codes in place of all old ones; shown once.
    ///
    /// - Throws: ``AccountError/conflict(_:)`` where there is no second factor.
    public func renewRecoveryCodes(in session: ConsoleSession) async throws -> [String] {
        var random = SystemRandomNumberGenerator()
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode(using: &random).text }
        return try await store.step(onConsole: .admin(session.admin.id)) { found in
            guard var account = found.account, account.secondFactor != nil else {
                throw AccountError.conflict("There is no second factor.")
            }
            account.secondFactor?.recoveryCodes = Set(codes.compactMap(RecoveryCode.hash(ofTyped:)))
            var change = ConsoleChange()
            change.account = account
            change.events = [AuditEvent(.adminRecoveryCodesMade, by: session.actor, subject: "\(session.admin.id)")]
            return ConsoleDecision(codes, change)
        }
    }

    /// What a page tells about an admin's own log-in: whether there is a second factor, and how many recovery codes are left.
    public func secondFactor(of session: ConsoleSession) async throws -> (isSet: Bool, recoveryCodes: Int) {
        try await store.step(onConsole: .admin(session.admin.id)) { found in
            let factor = found.account?.secondFactor
            return ConsoleDecision((factor != nil, factor?.recoveryCodes.count ?? 0))
        }
    }

    /// Takes an admin's second factor away, who sets up a new one at the next log-in, and ends every session.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func resetSecondFactor(of id: AdminID, by actor: AuditActor) async throws {
        let now = clock.now
        try await store.step(onConsole: .admin(id)) { found in
            guard let admin = found.admin else { throw AccountError.notFound("admin") }
            guard var account = found.account, account.secondFactor != nil else { return ConsoleDecision(()) }
            account.secondFactor = nil
            var change = ConsoleChange()
            change.account = account
            change.spends = [.secondFactor]
            change.ends = .all
            change.mails = [correspondence.consoleChanged(admin, .secondFactorRemoved, now: now)]
            change.events = [AuditEvent(.adminSecondFactorReset, by: actor, subject: "\(id)")]
            return ConsoleDecision((), change)
        }
    }

    private func ticket(_ text: String) throws -> TokenHash {
        guard let credential = GeoCredential(text), credential.kind == .consoleTicket, credential.geo == mint.geo else {
            throw AccountError.notAuthenticated
        }
        return TokenHash(of: credential)
    }

    private static func holder(of found: ConsoleSnapshot, at now: Timestamp) throws -> (admin: Admin, account: ConsoleAccount) {
        guard let token = found.token, token.purpose == .secondFactor, now < token.expiresAt, let admin = found.admin,
            let account = found.account
        else { throw AccountError.notAuthenticated }
        return (admin, account)
    }
}

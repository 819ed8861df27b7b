/// What admins see of the outbox, and do with it.
///
/// Nobody sees what a mail says: it holds links that let somebody in. The addresses of admins are for those who manage admins.
public struct MailQueue: Sendable {
    /// How many dead letters are put back in one step.
    static let batch = 500

    let store: any MailQueueStore
    let clock: any WallClock
    let underWay: MailsUnderWay

    /// - Parameter role: of whoever looks.
    public func mails(
        matching filter: MailFilter, order: MailOrder = .newestFirst, page: PageRequest, for role: AdminRole
    ) async throws -> Page<QueuedMail> {
        let found = try await store.queuedMails(matching: filter, order: order, page: page)
        return Page(elements: found.elements.map { $0.shown(to: role) }, total: found.total)
    }

    /// - Parameter filter: its stage is not asked.
    public func counts(matching filter: MailFilter = MailFilter()) async throws -> MailCounts {
        try await store.queuedMailCounts(matching: filter)
    }

    /// - Throws: ``AccountError/notFound(_:)``, also for one that was delivered.
    public func mail(_ id: MailID, for role: AdminRole) async throws -> QueuedMail {
        guard let mail = try await store.queuedMail(id) else { throw AccountError.notFound("mail") }
        return mail.shown(to: role)
    }

    /// Has a mail tried now; a dead letter as if it were new. One that is due already is left as it is, and nothing is recorded.
    ///
    /// - Throws: ``AccountError/forbidden(_:)``, ``AccountError/notFound(_:)``.
    public func retry(_ id: MailID, by admin: Admin) async throws -> QueuedMail {
        try admin.role.require(.decideAboutMails)
        let now = clock.now
        let mail = try await store.step(onMail: id) { mail in
            guard var mail else { throw AccountError.notFound("mail") }
            if mail.stage != .deadLetter, mail.nextAttemptAt.map({ $0 <= now }) ?? false { return MailDecision(mail) }
            if mail.stage == .deadLetter {
                mail.stage = .waiting
                mail.attempts = 0
                mail.failedAt = nil
            }
            mail.nextAttemptAt = now
            return MailDecision(
                mail, .retry(at: now), events: [AuditEvent(.mailRetried, by: .admin(admin.id), on: mail)])
        }
        return mail.shown(to: admin.role)
    }

    /// Has every dead letter tried as if it were new, step by step.
    ///
    /// - Parameter filter: its stage is not asked.
    /// - Returns: how many.
    /// - Throws: ``AccountError/forbidden(_:)``.
    public func retryDeadLetters(matching filter: MailFilter = MailFilter(), by admin: Admin) async throws -> Int {
        try admin.role.require(.decideAboutMails)
        var (count, place) = (0, Int64(0))
        while true {
            let batch = try await store.retryDeadLetters(
                matching: filter, after: place, limit: Self.batch, at: clock.now, by: .admin(admin.id))
            count += batch.count
            guard let end = batch.end else { return count }
            place = end
        }
    }

    /// Takes a mail out of the queue for good; it is not sent. A mail to an admin may warn of something, so that only somebody who manages
    /// admins may do it.
    ///
    /// - Throws: ``AccountError/forbidden(_:)``; ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` for one that is being sent.
    public func discard(_ id: MailID, by admin: Admin) async throws {
        try admin.role.require(.decideAboutMails)
        try await underWay.withdraw(id) {
            try await store.step(onMail: id) { mail in
                guard let mail else { throw AccountError.notFound("mail") }
                if mail.addressee == .admin { try admin.role.require(.manageAdmins) }
                return MailDecision((), .discard, events: [AuditEvent(.mailDiscarded, by: .admin(admin.id), on: mail)])
            }
        }
    }

    /// Whether somebody of this role may take such a mail away.
    public static func mayDiscard(_ mail: QueuedMail, role: AdminRole) -> Bool {
        role.may(.decideAboutMails) && (mail.addressee == .developer || role.may(.manageAdmins))
    }
}

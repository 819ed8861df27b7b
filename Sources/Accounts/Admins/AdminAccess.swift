import Geography

/// Admins, their roles and their tokens, which open the management API of one geo and no portal.
public struct AdminAccess: Sendable {
    public static let maximumTokenNameLength = 100
    /// The use of a token is noted at most once in this time.
    static let noteInterval = Duration.seconds(60)

    let store: any AdminStore
    let mint: Mint
    let clock: any WallClock

    public init(store: any AdminStore, mint: Mint, clock: any WallClock) {
        self.store = store
        self.mint = mint
        self.clock = clock
    }

    /// A new token, which is shown once.
    public struct NewToken: Sendable {
        public let token: AdminToken
        public let credential: GeoCredential
    }

    // MARK: Showing a token

    /// The admin who shows this token.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` for no token, an unknown, expired or revoked one, or one of another geo or kind.
    public func admin(showing token: String?) async throws -> Admin {
        let now = clock.now
        guard let token, let credential = GeoCredential(token), credential.kind == .admin, credential.geo == mint.geo,
            let found = try await store.admin(withToken: TokenHash(of: credential)),
            found.token.expiresAt.map({ now < $0 }) ?? true
        else { throw AccountError.notAuthenticated }
        if found.token.lastUsedAt.map({ $0.adding(Self.noteInterval) <= now }) ?? true {
            try await store.note(useOf: found.token.id, at: now)
        }
        return found.admin
    }

    // MARK: Admins

    public func admins() async throws -> [Admin] { try await store.admins() }

    /// - Throws: ``AccountError/notFound(_:)``.
    public func admin(_ id: AdminID) async throws -> Admin {
        guard let admin = try await store.admins().first(where: { $0.id == id }) else { throw AccountError.notFound("admin") }
        return admin
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for `email`; ``AccountError/conflict(_:)`` where there is an admin of this address.
    public func create(email: String, role: AdminRole, by actor: AuditActor) async throws -> Admin {
        let address = try InvalidFields.require { try EmailAddress(email) }
        let newcomer = Admin(id: mint.id(), email: address, role: role, createdAt: clock.now)
        return try await store.stepOnAdmins { admins in
            guard !admins.contains(where: { $0.email == address }) else {
                throw AccountError.conflict("There is an admin with this address already.")
            }
            var decision = AdminDecision(newcomer)
            decision.saves = [newcomer]
            decision.events = [AuditEvent(.adminCreated, by: actor, subject: newcomer.id.description)]
            return decision
        }
    }

    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where nobody would be an owner any more.
    public func change(_ id: AdminID, to role: AdminRole, by actor: AuditActor) async throws -> Admin {
        let now = clock.now
        return try await store.stepOnAdmins { admins in
            guard var admin = admins.first(where: { $0.id == id }) else { throw AccountError.notFound("admin") }
            guard admin.role != role else { return AdminDecision(admin) }
            if role != .owner { try Self.requireOwner(among: admins, besides: id) }
            admin.role = role
            admin.updatedAt = now
            var decision = AdminDecision(admin)
            decision.saves = [admin]
            decision.events = [AuditEvent(.adminRoleChanged, by: actor, subject: id.description)]
            return decision
        }
    }

    /// Removes an admin and every token.
    ///
    /// - Throws: as ``change(_:to:by:)``.
    public func delete(_ id: AdminID, by actor: AuditActor) async throws {
        try await store.stepOnAdmins { admins in
            guard admins.contains(where: { $0.id == id }) else { throw AccountError.notFound("admin") }
            try Self.requireOwner(among: admins, besides: id)
            var decision = AdminDecision(())
            decision.deletes = id
            decision.events = [AuditEvent(.adminDeleted, by: actor, subject: id.description)]
            return decision
        }
    }

    private static func requireOwner(among admins: [Admin], besides id: AdminID) throws {
        guard admins.contains(where: { $0.role == .owner && $0.id != id }) else {
            throw AccountError.conflict("This is the geo's last owner; make another admin an owner first.")
        }
    }

    // MARK: Tokens

    /// - Throws: ``AccountError/notFound(_:)``.
    public func tokens(of id: AdminID) async throws -> [AdminToken] {
        try await store.tokens(of: admin(id).id)
    }

    /// Makes a token for the admin with this address, and the admin, as an owner, where there is none yet.
    ///
    /// - Returns: the token; only its hash is kept.
    /// - Throws: ``AccountError/invalidFields(_:)`` for the address or the name.
    public func createToken(
        for email: String, named name: String, role: AdminRole = .owner, by actor: AuditActor = .operator
    ) async throws -> GeoCredential {
        let address = try InvalidFields.require { try EmailAddress(email) }
        let new = try newToken(name: name, expiresAt: nil)
        let newcomer = Admin(id: mint.id(), email: address, role: role, createdAt: clock.now)
        return try await store.stepOnAdmins { admins in
            let known = admins.first { $0.email == address }
            let admin = known ?? newcomer
            var decision = AdminDecision(new.credential)
            if known == nil {
                decision.saves = [newcomer]
                decision.events = [AuditEvent(.adminCreated, by: actor, subject: newcomer.id.description)]
            }
            decision.issues = (new.token, admin.id)
            decision.events.append(AuditEvent(.adminTokenCreated, by: actor, subject: new.token.id.description))
            return decision
        }
    }

    /// Makes a token for an admin.
    ///
    /// - Parameter expiresAt: nil for one that is good until it is revoked.
    /// - Throws: ``AccountError/invalidFields(_:)`` for `name` and `expires_at`; ``AccountError/notFound(_:)``.
    public func createToken(
        for id: AdminID, named name: String, expiresAt: Timestamp?, by actor: AuditActor
    ) async throws -> NewToken {
        let new = try newToken(name: name, expiresAt: expiresAt)
        return try await store.stepOnAdmins { admins in
            guard admins.contains(where: { $0.id == id }) else { throw AccountError.notFound("admin") }
            var decision = AdminDecision(new)
            decision.issues = (new.token, id)
            decision.events = [AuditEvent(.adminTokenCreated, by: actor, subject: new.token.id.description)]
            return decision
        }
    }

    /// Ends a token at once.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func revokeToken(_ token: AdminTokenID, of id: AdminID, by actor: AuditActor) async throws {
        guard try await store.tokens(of: id).contains(where: { $0.id == token }) else { throw AccountError.notFound("token") }
        try await store.stepOnAdmins { _ in
            var decision = AdminDecision(())
            decision.revokes = (token, id)
            decision.events = [AuditEvent(.adminTokenRevoked, by: actor, subject: token.description)]
            return decision
        }
    }

    private func newToken(name: String, expiresAt: Timestamp?) throws -> NewToken {
        let now = clock.now
        var errors = FieldError.ofLine(name, "name", maximum: Self.maximumTokenNameLength)
        if let expiresAt, expiresAt <= now { errors.append(.invalid("expires_at", "must be in the future")) }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
        let credential = mint.credential(.admin)
        let token = AdminToken(
            id: mint.id(), hash: TokenHash(of: credential), name: name, createdAt: now, expiresAt: expiresAt)
        return NewToken(token: token, credential: credential)
    }
}

/// What admins decide about developers: approve, reject, revoke, delete (contract operations `update-developer`,
/// `delete-developer`).
public struct Approval: Sendable {
    let store: any AccountStore
    let clock: any WallClock
    let correspondence: Correspondence

    public func developer(_ id: DeveloperID, at portal: Portal) async throws -> Developer {
        guard let developer = try await store.developer(id, in: portal.id) else { throw AccountError.notFound("developer") }
        return developer
    }

    /// Those of the developers who are there, in any order.
    public func developers(_ ids: Set<DeveloperID>, at portal: Portal) async throws -> [Developer] {
        try await store.developers(ids, in: portal.id)
    }

    public func developers(
        at portal: Portal, matching filter: DeveloperFilter, sortedBy order: DeveloperOrder = DeveloperOrder(), page: PageRequest
    ) async throws -> Page<Developer> {
        try await store.developers(in: portal.id, matching: filter, sortedBy: order, page: page)
    }

    /// Lets the developer in, and says so by mail.
    ///
    /// - Throws: ``AccountError/conflict(_:)`` before the address is verified; ``AccountError/invalidTransition(from:to:)``.
    public func approve(_ id: DeveloperID, at portal: Portal, by actor: AuditActor) async throws -> Developer {
        try await change(id, at: portal, to: .approved, by: actor)
    }

    /// Refuses a waiting developer, who cannot register again.
    public func reject(_ id: DeveloperID, at portal: Portal, by actor: AuditActor) async throws -> Developer {
        try await change(id, at: portal, to: .rejected, by: actor)
    }

    /// Shuts out a developer who was in; every session ends at once.
    public func revoke(_ id: DeveloperID, at portal: Portal, by actor: AuditActor) async throws -> Developer {
        try await change(id, at: portal, to: .revoked, by: actor)
    }

    /// One step of the status machine, with all that follows from it.
    ///
    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)``; ``AccountError/invalidTransition(from:to:)``.
    public func change(
        _ id: DeveloperID, at portal: Portal, to status: DeveloperStatus, by actor: AuditActor
    ) async throws -> Developer {
        try await update(id, at: portal, fullName: nil, status: status, by: actor)
    }

    /// Gives a developer another name.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for `full_name`; ``AccountError/notFound(_:)``.
    public func rename(
        _ id: DeveloperID, at portal: Portal, to fullName: String, by actor: AuditActor
    ) async throws -> Developer {
        try await update(id, at: portal, fullName: fullName, status: nil, by: actor)
    }

    /// Another name and one step of the status machine, both or none; nil leaves what is there.
    ///
    /// - Throws: as ``rename(_:at:to:by:)`` and ``change(_:at:to:by:)``.
    public func update(
        _ id: DeveloperID, at portal: Portal, fullName: String?, status: DeveloperStatus?, by actor: AuditActor
    ) async throws -> Developer {
        let name = try fullName.map { text in try InvalidFields.require { try FullName(text) } }
        let now = clock.now
        return try await store.step(on: .developer(id), in: portal.id) { account in
            guard var developer = account.developer else { throw AccountError.notFound("developer") }
            var change = AccountChange()
            if let name, name != developer.fullName {
                developer.fullName = name
                change.events.append(AuditEvent(.renamed, by: actor, on: developer))
            }
            if let status { try step(&developer, to: status, by: actor, now: now, at: account.portal, into: &change) }
            guard !change.events.isEmpty else { return AccountDecision(developer) }
            developer.updatedAt = now
            change.developer = developer
            return AccountDecision(developer, change)
        }
    }

    private func step(
        _ developer: inout Developer, to status: DeveloperStatus, by actor: AuditActor, now: Timestamp, at portal: Portal,
        into change: inout AccountChange
    ) throws {
        let before = developer.status
        developer.status = try before.transition(to: status)
        var action = AuditEvent.Action.developerApproved
        switch status {
        case .approved:
            guard developer.isVerified || developer.origin == .invitation else {
                throw AccountError.conflict("The developer has not verified the e-mail address yet.")
            }
            change.mails = [correspondence.approved(developer, at: portal, now: now)]
        case .rejected, .revoked:
            action = status == .rejected ? .developerRejected : .developerRevoked
            change.ends = .all
            change.spends = Set(OneTimeToken.Purpose.allCases)
        case .pending: break
        }
        change.events.append(AuditEvent(action, by: actor, on: developer, from: before))
    }

    /// Removes the developer and everything that it owns; the address may register again.
    public func delete(_ id: DeveloperID, at portal: Portal, by actor: AuditActor) async throws {
        try await store.step(on: .developer(id), in: portal.id) { account in
            guard let developer = account.developer else { throw AccountError.notFound("developer") }
            var change = AccountChange(developer: developer)
            change.deletes = true
            change.events = [AuditEvent(.developerDeleted, by: actor, on: developer)]
            return AccountDecision(change)
        }
    }
}

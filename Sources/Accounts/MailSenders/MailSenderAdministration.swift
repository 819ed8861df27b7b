/// Shows and changes by whom a portal's mails are sent (contract operations on `email-config`).
public struct MailSenderAdministration: Sendable {
    let store: any PortalStore
    let mint: Mint
    let clock: any WallClock
    /// Where addresses of portals may be.
    public let domains: MailSenderDomains

    /// - Throws: ``AccountError/notFound(_:)`` where the portal has no sender of its own.
    public func sender(of portal: Portal) throws -> PortalMailSender {
        guard let sender = portal.mailSender else { throw AccountError.notFound("e-mail configuration") }
        return sender
    }

    /// Gives a portal a sender of its own.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)``; ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where it has one.
    public func create(for portal: PortalID, with draft: MailSenderDraft, by actor: AuditActor) async throws -> PortalMailSender {
        try await set(portal, with: draft, by: actor) { known, new in
            guard known == nil else { throw AccountError.conflict("This portal has an e-mail configuration already.") }
            return new
        }
    }

    /// Changes what the draft names and leaves the rest.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)``; ``AccountError/notFound(_:)``, also where the portal has none.
    public func change(of portal: PortalID, with draft: MailSenderDraft, by actor: AuditActor) async throws -> PortalMailSender {
        try await set(portal, with: draft, by: actor) { known, _ in
            guard let known else { throw AccountError.notFound("e-mail configuration") }
            return known
        }
    }

    /// Changes what the draft names, whether or not the portal had a sender of its own.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)``; ``AccountError/notFound(_:)``.
    public func save(for portal: PortalID, with draft: MailSenderDraft, by actor: AuditActor) async throws -> PortalMailSender {
        try await set(portal, with: draft, by: actor) { known, new in known ?? new }
    }

    /// Has the portal's mails sent by the node's sender again.
    ///
    /// - Throws: ``AccountError/notFound(_:)``, also where the portal has none.
    public func reset(_ portal: PortalID, by actor: AuditActor) async throws {
        let now = clock.now
        _ = try await store.update(portal, recording: AuditEvent(.mailSenderReset, by: actor, portal: portal)) { portal in
            guard portal.mailSender != nil else { throw AccountError.notFound("e-mail configuration") }
            portal.mailSender = nil
            portal.updatedAt = now
        }
    }

    private func set(
        _ portal: PortalID, with draft: MailSenderDraft, by actor: AuditActor,
        from start: @escaping @Sendable (PortalMailSender?, PortalMailSender) throws -> PortalMailSender
    ) async throws -> PortalMailSender {
        let (now, domains) = (clock.now, domains)
        let new = PortalMailSender(id: mint.id(), createdAt: now, updatedAt: now)
        let changed = try await store.update(
            portal, recording: AuditEvent(.mailSenderChanged, by: actor, portal: portal)
        ) { portal in
            var sender = try start(portal.mailSender, new)
            try draft.apply(to: &sender, permitted: domains)
            sender.updatedAt = now
            portal.mailSender = sender
            portal.updatedAt = now
        }
        return changed.mailSender ?? new
    }
}

/// What a portal chose for one kind of mail, at the moment in which it is sent.
public struct MailLook: Hashable, Sendable {
    /// Nil for the usual colours.
    public var accent: AccentColor?
    /// Nil where everything is as usual.
    public var template: CustomMailTemplate?
    /// Nil for the node's.
    public var sender: PortalMailSender?

    public init(accent: AccentColor? = nil, template: CustomMailTemplate? = nil, sender: PortalMailSender? = nil) {
        self.accent = accent
        self.template = template
        self.sender = sender
    }

    /// Whether mails of the kind are not sent.
    public var isOff: Bool { template.map { !$0.isEnabled && $0.name.mayBeOff } ?? false }
}

/// Tells how a portal's mails look now.
public protocol MailLookSource: Sendable {
    /// - Returns: the usual look for a portal that is not there.
    func look(of portal: PortalID, for template: MailTemplateName) async throws -> MailLook
}

/// The looks that a geo's store keeps.
public struct StoredMailLooks: MailLookSource {
    private let store: any PortalStore & MailTemplateStore

    public init(store: any PortalStore & MailTemplateStore) { self.store = store }

    public func look(of portal: PortalID, for template: MailTemplateName) async throws -> MailLook {
        let found = try await store.portal(portal)
        return MailLook(
            accent: found?.look.accent, template: try await store.mailTemplate(template, of: portal),
            sender: found?.mailSender)
    }
}

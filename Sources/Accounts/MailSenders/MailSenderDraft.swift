/// The fields of a portal's sender that an admin sends (the contract's `PatchPortalEmailConfig`): nil leaves a field as it is, nil inside
/// takes its value away.
public struct MailSenderDraft: Hashable, Sendable {
    public var name: String??
    public var address: String??
    public var replyTo: String??
    /// Follows from the address; what is sent must be the same.
    public var domain: String??

    public init(name: String?? = nil, address: String?? = nil, replyTo: String?? = nil, domain: String?? = nil) {
        self.name = name
        self.address = address
        self.replyTo = replyTo
        self.domain = domain
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for `from_name`, `from_email`, `reply_to_email` and `domain_name`.
    func apply(to sender: inout PortalMailSender, permitted: MailSenderDomains) throws {
        var errors: [FieldError] = []
        if let name {
            errors += name.map(Self.errors(ofName:)) ?? []
            sender.name = name
        }
        if let address { sender.address = Self.address(address, "from_email", permitted, &errors) }
        if let replyTo { sender.replyTo = Self.address(replyTo, "reply_to_email", permitted, &errors) }
        if case .some(.some(let text)) = domain, errors.isEmpty, MailSenderDomains.domain(text) != sender.address?.domain {
            errors.append(.invalid("domain_name", "must be the domain of from_email"))
        }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    private static func address(
        _ text: String?, _ field: String, _ permitted: MailSenderDomains, _ errors: inout [FieldError]
    ) -> EmailAddress? {
        guard let text else { return nil }
        do {
            let address = try EmailAddress(text, field: field)
            if !permitted.permit(address) { errors.append(.invalid(field, because: .domainNotPermitted)) }
            return address
        } catch {
            errors.append(error as? FieldError ?? .invalid(field, because: .noEmailAddress))
            return nil
        }
    }

    /// A name that reads as an address would be shown in the place of the true one.
    private static func errors(ofName name: String) -> [FieldError] {
        let errors = FieldError.ofLine(name, "from_name", maximum: PortalMailSender.maximumNameLength)
        let lookalikes: Set<Character> = ["@", "\u{FF20}", "\u{FE6B}", "<", ">", "\""]
        guard errors.isEmpty, name.contains(where: lookalikes.contains) else { return errors }
        return [.invalid("from_name", because: .nameLikeAddress)]
    }
}

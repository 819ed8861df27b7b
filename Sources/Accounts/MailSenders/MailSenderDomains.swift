/// The domains in which portals may have senders of their own; the operator's to say, because who may send in a domain's name is settled
/// between its owner and the mail server, and an admin's account may be in the wrong hands.
public struct MailSenderDomains: Hashable, Sendable {
    /// In lower case, in their A-label form, sorted.
    public let names: [String]

    /// None: portals have names of their own, and no addresses.
    public init() { names = [] }

    /// - Returns: nil where one of the texts is no domain.
    public init?(_ texts: [String]) {
        var names: Set<String> = []
        for text in texts {
            guard let domain = Self.domain(text) else { return nil }
            names.insert(domain)
        }
        self.names = names.sorted()
    }

    /// A domain as it is compared; nil for anything else.
    public static func domain(_ text: String) -> String? { try? EmailAddress("postmaster@\(text)").domain }

    /// Whether the address is in one of them; below one of them is not enough.
    public func permit(_ address: EmailAddress) -> Bool { names.contains(address.domain) && address.isPlainSender }
}

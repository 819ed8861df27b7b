/// Why a transport did not take a mail, by what follows from it.
///
/// The reasons stand in logs and in the store: they hold a step and a code, never an address, a text of the mail, or what a
/// server said in words, which often repeats the address.
public enum DeliveryFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// This mail will never be taken: there is no such mailbox, or the server refuses the message for good.
    case refused(reason: String)
    /// This mail may be taken later: the mailbox is full, or its server wants to see it again.
    case delayed(reason: String)
    /// No mail is taken at the moment: the server is down, or does not accept this node.
    case unavailable(reason: String)

    public var reason: String {
        switch self {
        case .refused(let reason), .delayed(let reason), .unavailable(let reason): reason
        }
    }

    public var description: String { reason }
}

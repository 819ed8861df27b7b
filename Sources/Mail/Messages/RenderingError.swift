/// Why a mail of the outbox cannot become a message. It will not be tried again.
///
/// No case carries an address or a text of the mail: the description stands in logs.
enum RenderingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The recipient's address could not stand in an SMTP command.
    case unusableAddress
    /// A template of this module is missing or is no Mustache.
    case brokenTemplate(String)

    var description: String {
        switch self {
        case .unusableAddress:
            "expected an address that can stand in an SMTP command, found characters that cannot; delete and invite the developer again"
        case .brokenTemplate(let name):
            "expected the mail template \(name) to be Mustache, found that it is not; use an unchanged build"
        }
    }
}

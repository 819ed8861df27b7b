import Languages

extension FieldError {
    /// Why a field that people type is invalid, for pages that speak other languages than the API.
    public enum Cause: Equatable, Hashable, Sendable {
        case noEmailAddress
        case tooManyBytes(maximum: Int)
        case documentTooLarge(maximum: Int)
        case controlCharacters
        case mostUsedPassword
        case nameOrAddressAsPassword
        case wrongPassword
        case imageTooLarge(maximum: Int)
        case noImage
        /// A drawing that does more than draw; the wording names what.
        case unsafeDrawing(Wording)
        case domainNotPermitted
        case nameLikeAddress

        /// The phrase that follows the field's name.
        var reason: Wording {
            switch self {
            case .noEmailAddress: "must be an e-mail address such as jane@example.com"
            case .tooManyBytes(let maximum): "must have at most \(maximum) bytes in UTF-8"
            case .documentTooLarge(let maximum):
                "must be a document of at most \(maximum) bytes (catalog.document_bytes in node.yaml)"
            case .controlCharacters: "must not have line breaks or other control characters"
            case .mostUsedPassword: "is one of the most used passwords; choose another"
            case .nameOrAddressAsPassword: "must not be your e-mail address or your name"
            case .wrongPassword: "is wrong"
            case .imageTooLarge(let maximum): "must be an image of at most \(maximum) bytes"
            case .noImage: "must be an image: PNG, JPEG, GIF, WebP, ICO, or SVG in UTF-8"
            case .unsafeDrawing(let danger): "must be a plain drawing; it has \(danger)"
            case .domainNotPermitted:
                "must be plain before the @, and in a domain that this geo's operator permits (mail.portal_sender_domains in node.yaml)"
            case .nameLikeAddress: "must not have @, <, > or quotes, which would make it look like an address"
            }
        }
    }

    public static func invalid(_ field: String, because cause: Cause) -> FieldError {
        FieldError(field: field, rule: .invalid, reason: cause.reason, cause: cause)
    }
}

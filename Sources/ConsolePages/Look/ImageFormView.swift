import Accounts
import Languages
import WebPages

/// What the template of a portal's look shows of its logo or its icon, and the form that sends another.
struct ImageFormView {
    /// Of the field, which is named as the image is.
    let id: String
    let heading: String
    /// Where the image is, and where a new one is sent.
    let action: String
    /// Whether the portal has one of its own.
    let isThere: Bool
    let label: String
    let hint: String
    /// The media types that a browser offers to choose from; what a file is, its bytes say.
    let accept = ImageFormat.allCases.map(\.mediaType).joined(separator: ",")
    let error: String?
    /// The ids of what belongs to the field.
    let description: String
    /// Where the image is taken away: the page's own form.
    let page: String
    let removal: String
    let removeButton: String

    init(_ kind: PortalImage.Kind, of look: PortalLook, below path: String, refused message: PageMessage?, in book: Phrasebook) {
        id = kind.rawValue
        page = path
        action = "\(path)/\(kind.rawValue)"
        let limit = ["limit": book.number(kind.maximumBytes / 1024)]
        hint = book.text("console.look.imageHint", limit)
        switch kind {
        case .logo:
            heading = book["console.look.logo"]
            isThere = look.logo != nil
            label = book["console.look.logoFile"]
            removal = LookStep.removeLogo.rawValue
            removeButton = book["console.look.removeLogo"]
        case .favicon:
            heading = book["console.look.icon"]
            isThere = look.favicon != nil
            label = book["console.look.iconFile"]
            removal = LookStep.removeFavicon.rawValue
            removeButton = book["console.look.removeIcon"]
        }
        error = message?.fields.first { $0.field == kind.rawValue }.map { error in
            switch error.cause {
            case .imageTooLarge: book.text("console.look.imageTooLarge", limit)
            case .unsafeDrawing: book["console.look.imageUnsafe"]
            default: book[error.rule == .required ? "console.look.imageMissing" : "console.look.imageUnknown"]
            }
        }
        description = "\(id)-hint" + (error == nil ? "" : " \(id)-error")
    }
}

import Accounts
import WebPages

/// What the template of a portal's look shows.
struct LookView {
    static let stylesheetName = "preview.css"

    /// An image of the portal's own.
    struct Image {
        let label: String
        let path: String
        let step: String
        let button: String
    }

    let title: String
    let action: String
    let stylesheet: String
    let fields: [FieldView]
    let welcomeText: FieldView
    /// What sets images.
    let command = "portolanctl portals look set"
    let images: [Image]
    let hasImages: Bool
    let mayChange: Bool
    /// As developers see them.
    let heading: String
    let lead: String?
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ portal: Portal, typed: FormFields?, notice: NoticeView?, refused message: PageMessage?,
        in context: ConsoleRequestContext
    ) {
        let (book, look) = (context.book, portal.look)
        func field(_ id: String, _ label: String, hint: String? = nil, kept: String?) -> FieldView {
            FieldView(
                id, label: label, value: typed?[id] ?? kept, hint: hint, isRequired: false, refused: message, in: book)
        }
        title = book["console.look.title"]
        action = PortalArea.look.path(at: portal)
        stylesheet = "\(action)/\(Self.stylesheetName)"
        fields = [
            field(
                LookDraft.accentField, book["console.look.accent"], hint: book["console.look.accentHint"],
                kept: look.accent?.description),
            field(LookDraft.welcomeTitleField, book["console.look.welcomeTitle"], kept: look.welcomeTitle),
        ]
        welcomeText = field(LookDraft.welcomeTextField, book["console.look.welcomeText"], kept: look.welcomeText)
        var images: [Image] = []
        if look.logo != nil {
            images.append(
                Image(
                    label: book["console.look.logo"], path: "\(action)/logo", step: LookStep.removeLogo.rawValue,
                    button: book["console.look.removeLogo"]))
        }
        if look.favicon != nil {
            images.append(
                Image(
                    label: book["console.look.icon"], path: "\(action)/favicon", step: LookStep.removeFavicon.rawValue,
                    button: book["console.look.removeIcon"]))
        }
        self.images = images
        hasImages = !images.isEmpty
        mayChange = context.may(.managePortals)
        heading = look.welcomeTitle ?? portal.displayName
        lead = look.welcomeText ?? portal.description
        self.notice = notice
        problem = message.map { [fields, welcomeText] message in ProblemView(message, fields: fields + [welcomeText]) }
    }
}

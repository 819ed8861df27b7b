import Accounts
import WebPages

/// What the template of a portal's look shows.
struct LookView {
    static let stylesheetName = "preview.css"

    let title: String
    let action: String
    let stylesheet: String
    let fields: [FieldView]
    let welcomeText: FieldView
    let images: [ImageFormView]
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
        let action = PortalArea.look.path(at: portal)
        self.action = action
        stylesheet = "\(action)/\(Self.stylesheetName)"
        fields = [
            field(
                LookDraft.accentField, book["console.look.accent"], hint: book["console.look.accentHint"],
                kept: look.accent?.description),
            field(LookDraft.welcomeTitleField, book["console.look.welcomeTitle"], kept: look.welcomeTitle),
        ]
        welcomeText = field(LookDraft.welcomeTextField, book["console.look.welcomeText"], kept: look.welcomeText)
        let images = PortalImage.Kind.allCases.map { ImageFormView($0, of: look, below: action, refused: message, in: book) }
        self.images = images
        mayChange = context.may(.managePortals)
        heading = look.welcomeTitle ?? portal.displayName
        lead = look.welcomeText ?? portal.description
        self.notice = notice
        problem = message.map { [fields, welcomeText] message in
            ProblemView(
                message, fields: fields + [welcomeText],
                more: images.compactMap { image in image.error.map { ProblemView.Item(field: image.id, text: $0) } })
        }
    }
}

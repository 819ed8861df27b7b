import Accounts
import Languages
import WebPages

/// What the template of one kind of mail shows.
struct MailTextView {
    struct Preview {
        let subject: String
        let text: String
    }

    let title: String
    let action: String
    let back: String
    let language: SelectView
    /// Which languages have a text of the portal's own, and which have the usual one; nil for none.
    let ownIn: String?
    let usualIn: String?
    let tag: String
    let lines: [FieldView]
    let body: FieldView
    let button: FieldView
    let variables: [String]
    let mayBeOff: Bool
    let isEnabled: Bool
    /// There is something to bring back.
    let isCustom: Bool
    let mayChange: Bool
    let preview: Preview?
    let notice: NoticeView?
    let problem: ProblemView?

    /// - Parameters:
    ///   - typed: what stands in the form; nil for what is kept.
    ///   - usual: the text where the portal has none.
    init(
        _ name: MailTemplateName, _ template: CustomMailTemplate?, usual: MailText, in mailLanguage: Language, at portal: Portal,
        typed: FormFields?, preview: MailPreview?, notice: NoticeView?, refused message: PageMessage?,
        in context: ConsoleRequestContext
    ) {
        let book = context.book
        let own = template?.texts[mailLanguage]
        func field(_ name: String, _ label: String, hint: String? = nil, _ kept: String?) -> FieldView {
            FieldView(
                "content.\(name)", label: label, value: typed?["content.\(name)"] ?? kept, hint: hint, isRequired: false,
                refused: message, in: book)
        }
        title = name.label(in: book)
        back = PortalArea.mailTexts.path(at: portal)
        action = "\(back)/\(name.rawValue)"
        language = SelectView(
            "language", label: book["console.mailTexts.language"],
            options: Language.allCases.map { language in
                let isOwn = template?.texts[language] != nil
                let name = language.nativeName
                return (language.tag, isOwn ? book.text("console.mailTexts.ownOption", ["language": name]) : name)
            }, selected: mailLanguage.tag)
        func languages(_ phrase: String, where isOwn: Bool) -> String? {
            let names = Language.allCases.filter { (template?.texts[$0] != nil) == isOwn }.map(\.nativeName)
            return names.isEmpty ? nil : book.text(phrase, ["languages": names.joined(separator: ", ")])
        }
        ownIn = languages("console.mailTexts.ownIn", where: true)
        usualIn = languages("console.mailTexts.usualIn", where: false)
        tag = mailLanguage.tag
        lines = [
            field("subject", book["console.mailTexts.subject"], own?.subject ?? usual.subject),
            field("title", book["console.mailTexts.heading"], own?.title ?? usual.title),
        ]
        body = field(
            "body", book["console.mailTexts.body"], hint: book["console.mailTexts.bodyHint"], own?.body ?? usual.body)
        button = field("button_label", book["console.mailTexts.button"], own?.buttonLabel ?? usual.buttonLabel)
        variables = name.variables.map { "{{\($0.rawValue)}}" }
        mayBeOff = name.mayBeOff
        isEnabled = typed.map { $0["enabled"] == "on" } ?? template?.isEnabled ?? true
        isCustom = own != nil
        mayChange = context.may(.managePortals)
        self.preview = preview.map { Preview(subject: $0.subject, text: $0.text) }
        self.notice = notice
        problem = message.map { [lines, body, button] message in ProblemView(message, fields: lines + [body, button]) }
    }
}

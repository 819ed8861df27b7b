import Accounts
import Languages

/// What the template of all kinds of mails shows.
struct MailTextsView {
    struct Row {
        let name: String
        let path: String
        /// The languages with texts of the portal's own; nil for none.
        let languages: String?
        let isOff: Bool
    }

    let title: String
    let rows: [Row]

    init(_ templates: [MailTemplateName: CustomMailTemplate], at portal: Portal, in book: Phrasebook) {
        title = book["console.mailTexts.title"]
        let root = PortalArea.mailTexts.path(at: portal)
        rows = MailTemplateName.allCases.map { name in
            let own = Language.allCases.filter { templates[name]?.texts[$0] != nil }
            return Row(
                name: name.label(in: book), path: "\(root)/\(name.rawValue)",
                languages: own.isEmpty ? nil : own.map(\.nativeName).joined(separator: ", "),
                isOff: MailLook(template: templates[name]).isOff)
        }
    }
}

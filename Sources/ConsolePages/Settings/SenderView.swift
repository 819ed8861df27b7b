import Accounts
import Languages
import WebPages

/// By whom a portal's mails are sent, as the form of it has them.
struct SenderDraft {
    static let names = ["from_name", "from_email", "reply_to_email"]

    let texts: [String: String]

    init(_ portal: Portal) {
        let sender = portal.mailSender
        texts = [
            "from_name": sender?.name ?? "", "from_email": sender?.address?.value ?? "",
            "reply_to_email": sender?.replyTo?.value ?? "",
        ]
    }

    init(_ form: FormFields) {
        texts = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, form[$0]) })
    }

    /// Whether nothing is of the portal's own.
    var isEmpty: Bool { texts.values.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// What is empty is the operator's.
    var change: MailSenderDraft {
        func field(_ name: String) -> String?? {
            let text = texts[name] ?? ""
            return .some(text.allSatisfy(\.isWhitespace) ? nil : text)
        }
        return MailSenderDraft(name: field("from_name"), address: field("from_email"), replyTo: field("reply_to_email"))
    }
}

/// What the template of a portal's settings shows of its sender.
struct SenderView {
    /// What whoever may not change it reads.
    struct Fact {
        let label: String
        let value: String
    }

    let action: String
    let fields: [FieldView]
    let facts: [Fact]
    /// Where addresses may be; nil where they may be nowhere.
    let domains: String?

    init(
        _ draft: SenderDraft, at portal: Portal, domains: MailSenderDomains, refused message: PageMessage?, in book: Phrasebook
    ) {
        action = "\(PortalArea.settings.path(at: portal))/sender"
        self.domains = domains.names.isEmpty ? nil : domains.names.joined(separator: ", ")
        // An address that was kept when its domain was still permitted can be taken away.
        let shown = SenderDraft.names.filter { $0 == "from_name" || !domains.names.isEmpty || draft.texts[$0] != "" }
        fields = shown.map { name in
            FieldView(
                name, label: Self.label(of: name, in: book), value: draft.texts[name],
                hint: name == "reply_to_email" ? book["console.settings.replyToHint"] : book["console.settings.senderEmpty"],
                isRequired: false, refused: message, in: book)
        }
        facts = shown.map { name in
            let value = draft.texts[name] ?? ""
            return Fact(label: Self.label(of: name, in: book), value: value.isEmpty ? Self.usual(name, in: book) : value)
        }
    }

    /// What holds where the portal has nothing of its own.
    private static func usual(_ name: String, in book: Phrasebook) -> String {
        name == "reply_to_email" ? book["console.settings.replyToUsual"] : book["console.settings.senderUsual"]
    }

    private static func label(of name: String, in book: Phrasebook) -> String {
        switch name {
        case "from_name": book["console.settings.senderName"]
        case "from_email": book["console.settings.senderAddress"]
        default: book["console.settings.replyTo"]
        }
    }
}

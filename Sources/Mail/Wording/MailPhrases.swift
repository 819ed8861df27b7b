import Accounts
import Languages

/// The words of one mail in its reader's language, from `Languages/Texts/…-mails.yaml`, with the mail's values in them.
///
/// A value is put in once and is text from then on: what looks like a place or a template in a name stays what it is.
struct MailPhrases {
    private let book: Phrasebook
    private let content: AccountMessage.Content
    private let values: [String: String]
    private let readerName: String?
    /// How long the mail's link works; nil where that is not said.
    let validity: String?

    init(of message: AccountMessage) {
        let book = Phrasebook.of(message.language ?? .fallback)
        let validity = message.content.validMinutes.map(book.validity(minutes:))
        var values = ["portal": message.portalName.onOneLine]
        values["validity"] = validity
        self.init(
            book: book, content: message.content, values: values, validity: validity,
            readerName: message.content.readerName.flatMap(Salutation.name))
    }

    /// The words with variables where a mail's values will stand.
    init(of content: AccountMessage.Content, in language: Language) {
        func place(_ variable: MailVariable) -> String { "{{\(variable.rawValue)}}" }
        self.init(
            book: Phrasebook.of(language), content: content,
            values: ["portal": place(.portalDisplayName), "validity": place(.linkValidity)], validity: place(.linkValidity),
            readerName: content.readerName == nil ? nil : place(.developerFullName))
    }

    private init(
        book: Phrasebook, content: AccountMessage.Content, values: [String: String], validity: String?, readerName: String?
    ) {
        self.book = book
        self.content = content
        self.values = values
        self.validity = validity
        self.readerName = readerName
    }

    var language: Language { book.language }

    /// A text of this kind of mail.
    subscript(_ name: String) -> String { book.text("mails.\(content.phrases).\(name)", values).onOneLine }

    /// "Hello Jane,"
    var greeting: String {
        guard let name = readerName else { return layout("greeting") }
        return layout("greetingByName", ["name": name])
    }

    /// What stands before the link in a plain text, where there is no button.
    func action(_ button: String) -> String { layout("action", ["button": button]) }

    /// What stands before the link below a button.
    var buttonFails: String { layout("buttonFails") }

    /// Each with a `text`; some with a `lead`, a sentence that stands out, and the `gap` behind it.
    var paragraphs: [[String: String]] {
        content.paragraphs.map { paragraph in
            switch paragraph {
            case .plain(let name): ["text": self[name]]
            case .led(let name): ["lead": self["\(name).lead"], "gap": sentenceGap, "text": self["\(name).text"]]
            }
        }
    }

    /// What stands between two sentences.
    private var sentenceGap: String { language == .japanese ? "" : " " }

    private func layout(_ name: String, _ values: [String: String] = [:]) -> String {
        book.text("mails.layout.\(name)", values).onOneLine
    }
}

extension Phrasebook {
    /// "60 minutes", "24 hours", "7 days"; what is less than a minute was rounded to zero before it came here.
    fileprivate func validity(minutes: Int) -> String {
        switch minutes {
        case ..<1: self["mails.validity.short"]
        case 2880... where minutes.isMultiple(of: 1440): text("mails.validity.days", count: minutes / 1440)
        case 120... where minutes.isMultiple(of: 60): text("mails.validity.hours", count: minutes / 60)
        default: text("mails.validity.minutes", count: minutes)
        }
    }
}

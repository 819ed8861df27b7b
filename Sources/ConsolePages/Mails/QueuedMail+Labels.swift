import Accounts
import Languages

extension MailStage {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .waiting: book["console.mails.waiting"]
        case .failing: book["console.mails.failing"]
        case .deadLetter: book["console.mails.dead"]
        }
    }
}

extension MailKind {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .portal(let name): name.label(in: book)
        case .test: book["console.mails.kinds.test"]
        case .consolePassword: book["console.mails.kinds.password"]
        case .consoleChanged: book["console.mails.kinds.changed"]
        }
    }
}

extension QueuedMail {
    func kindLabel(in book: Phrasebook) -> String { kind?.label(in: book) ?? book["console.mails.unknown"] }

    /// The address, or that it is an admin's, where whoever looks may not see it.
    func recipientLabel(in book: Phrasebook) -> String { recipient?.value ?? book["console.mails.admin"] }
}

/// What a mail of the outbox is about, as its administration names it: the kinds whose texts a portal may choose, and those that have no
/// portal's texts.
public enum MailKind: Hashable, Sendable {
    case portal(MailTemplateName)
    /// A text that an admin tries out.
    case test
    /// A link to choose a password for the console.
    case consolePassword
    /// "Your log-in to the console was changed".
    case consoleChanged

    /// To whom such mails go.
    public enum Addressee: String, Hashable, Sendable, CaseIterable {
        case developer, admin
    }

    public init(_ message: AccountMessage) {
        if message.trial != nil {
            self = .test
        } else if let name = MailTemplateName(message.content) {
            self = .portal(name)
        } else if case .consoleChanged = message.content {
            self = .consoleChanged
        } else {
            self = .consolePassword
        }
    }

    public var addressee: Addressee {
        switch self {
        case .portal(.approvalRequested), .test, .consolePassword, .consoleChanged: .admin
        case .portal: .developer
        }
    }
}

extension MailKind: RawRepresentable, CaseIterable {
    public static let allCases = MailTemplateName.allCases.map(MailKind.portal) + [.test, .consolePassword, .consoleChanged]

    public var rawValue: String {
        switch self {
        case .portal(let name): name.rawValue
        case .test: "test"
        case .consolePassword: "console-password"
        case .consoleChanged: "console-changed"
        }
    }

    public init?(rawValue: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = kind
    }
}

/// Which mails of the queue are asked for; nil takes all.
public struct MailFilter: Hashable, Sendable {
    public var stage: MailStage?
    public var portal: PortalID?
    public var kind: MailKind?

    public init(stage: MailStage? = nil, portal: PortalID? = nil, kind: MailKind? = nil) {
        self.stage = stage
        self.portal = portal
        self.kind = kind
    }
}

/// In which order mails of the queue are listed.
public enum MailOrder: Hashable, Sendable {
    case newestFirst, oldestFirst
}

/// How many mails of the queue are in each stage.
public struct MailCounts: Hashable, Sendable {
    public var waiting = 0
    public var failing = 0
    public var deadLetters = 0

    public init() {}

    public var all: Int { waiting + failing + deadLetters }

    public subscript(stage: MailStage) -> Int {
        get {
            switch stage {
            case .waiting: waiting
            case .failing: failing
            case .deadLetter: deadLetters
            }
        }
        set {
            switch stage {
            case .waiting: waiting = newValue
            case .failing: failing = newValue
            case .deadLetter: deadLetters = newValue
            }
        }
    }
}

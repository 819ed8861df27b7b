/// Keeps how admins get into the console.
public protocol ConsoleStore: Sendable {
    /// One atomic step on one admin's console account.
    ///
    /// - Parameter decide: as in ``AccountStore/step(on:in:decide:)``.
    /// - Throws: what `decide` throws; ``StoreError``.
    func step<Outcome: Sendable>(
        onConsole key: ConsoleKey, decide: @escaping @Sendable (ConsoleSnapshot) throws -> ConsoleDecision<Outcome>
    ) async throws -> Outcome

    /// The session whose credential this is, however old it is.
    func consoleSession(with hash: TokenHash) async throws -> ConsoleSession?

    /// An admin's sessions, newest first.
    func consoleSessions(of admin: AdminID) async throws -> [ConsoleSession]

    /// Remembers when a session did something.
    func note(useOf session: ConsoleSessionID, at moment: Timestamp) async throws
}

/// By what an admin's console account is found.
public enum ConsoleKey: Hashable, Sendable {
    case address(EmailAddress)
    case admin(AdminID)
    case token(TokenHash)
}

/// What a step on a console account may depend on.
public struct ConsoleSnapshot: Sendable {
    /// Nil where there is no such admin, or no such token.
    public let account: ConsoleAccount?
    public let admin: Admin?
    /// The token by which it was found, also one whose time is over.
    public let token: ConsoleToken?
    /// How many links were made for this admin in the last hour.
    public let linksOfLastHour: Int

    public init(admin: Admin?, account: ConsoleAccount?, token: ConsoleToken?, linksOfLastHour: Int) {
        self.admin = admin
        self.account = account
        self.token = token
        self.linksOfLastHour = linksOfLastHour
    }
}

/// What a step answers, and what it changes.
public struct ConsoleDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    public var change: ConsoleChange

    public init(_ outcome: Outcome, _ change: ConsoleChange = ConsoleChange()) {
        self.outcome = outcome
        self.change = change
    }
}

/// What is written together.
public struct ConsoleChange: Sendable {
    /// Which sessions of the admin end.
    public enum Ending: Hashable, Sendable {
        case none
        case all
        case allBut(ConsoleSessionID)
        case one(ConsoleSessionID)
    }

    /// The account as it is from now on.
    public var account: ConsoleAccount?
    /// Tokens of these purposes of the admin go.
    public var spends: Set<ConsoleToken.Purpose> = []
    public var issues: ConsoleToken?
    public var ends = Ending.none
    public var opens: NewConsoleSession?
    /// A session in which the password was typed again, and when.
    public var confirms: (session: ConsoleSessionID, at: Timestamp)?
    /// Tokens of all admins whose time was over before this moment go, and sessions that were not seen since.
    public var forgetsBefore: Timestamp?
    public var mails: [OutboxMail] = []
    public var throttles: [ThrottleRecord] = []
    public var events: [AuditEvent] = []

    public init() {}
}

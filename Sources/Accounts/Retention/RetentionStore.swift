/// Removes what a geo keeps no longer.
public protocol RetentionStore: Sendable {
    /// One atomic step that removes at most so many things of each kind; an audit entry tells of each developer that goes.
    ///
    /// - Returns: what was removed; where a number reaches the limit there may be more.
    func purge(before cutoffs: RetentionCutoffs, limit: Int) async throws -> PurgeCounts

    /// Clears the places where removed things stood, as far as one short step does it.
    ///
    /// - Returns: whether there is more to do.
    func clearTraces() async throws -> Bool
}

/// How many things of each kind were removed.
public struct PurgeCounts: Hashable, Sendable {
    public var developers = 0
    public var oneTimeTokens = 0
    public var sessions = 0
    public var mails = 0
    public var throttles = 0
    /// Attempts of single sign-on that are over, and notices of providers that cannot come again.
    public var signOns = 0

    public init() {}

    public static func += (sum: inout PurgeCounts, other: PurgeCounts) {
        sum.developers += other.developers
        sum.oneTimeTokens += other.oneTimeTokens
        sum.sessions += other.sessions
        sum.mails += other.mails
        sum.throttles += other.throttles
        sum.signOns += other.signOns
    }

    var most: Int { [developers, oneTimeTokens, sessions, mails, throttles, signOns].max() ?? 0 }
}

/// How long a geo keeps what it does not need any more; each counted from the moment that is named.
public struct RetentionPolicy: Hashable, Sendable {
    /// A registration whose address was never verified; from its last change.
    public var unverifiedRegistrations = Duration.seconds(7 * 24 * 3600)
    /// A one-time token that was used, replaced or is past its time; from its end of validity.
    public var oneTimeTokens = Duration.seconds(24 * 3600)
    /// A session that can no longer be renewed.
    public var sessions = Duration.seconds(24 * 3600)
    /// What the outbox notes of a delivered mail, whose text is gone already; from its delivery.
    public var deliveredMails = Duration.seconds(30 * 24 * 3600)
    /// A mail that could not be delivered; from the day it was given up.
    public var deadLetters = Duration.seconds(30 * 24 * 3600)

    public init() {}

    func cutoffs(at now: Timestamp, throttle: ThrottlePolicy) -> RetentionCutoffs {
        RetentionCutoffs(
            now: now, unverifiedRegistrations: now.adding(.zero - unverifiedRegistrations),
            oneTimeTokens: now.adding(.zero - oneTimeTokens), sessions: now.adding(.zero - sessions),
            deliveredMails: now.adding(.zero - deliveredMails), deadLetters: now.adding(.zero - deadLetters),
            throttles: now.adding(.zero - throttle.forgetAfter))
    }
}

/// The moments before which things are past keeping.
public struct RetentionCutoffs: Hashable, Sendable {
    public let now: Timestamp
    public let unverifiedRegistrations: Timestamp
    public let oneTimeTokens: Timestamp
    public let sessions: Timestamp
    public let deliveredMails: Timestamp
    public let deadLetters: Timestamp
    public let throttles: Timestamp

    public init(
        now: Timestamp, unverifiedRegistrations: Timestamp, oneTimeTokens: Timestamp, sessions: Timestamp,
        deliveredMails: Timestamp, deadLetters: Timestamp, throttles: Timestamp
    ) {
        self.now = now
        self.unverifiedRegistrations = unverifiedRegistrations
        self.oneTimeTokens = oneTimeTokens
        self.sessions = sessions
        self.deliveredMails = deliveredMails
        self.deadLetters = deadLetters
        self.throttles = throttles
    }
}

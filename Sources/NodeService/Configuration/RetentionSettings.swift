import Accounts
import ConfigurationFiles

/// How long a node keeps what is not needed any more, and how often it looks.
public struct RetentionSettings: Sendable {
    public var policy = RetentionPolicy()
    public var interval = Duration.seconds(3600)

    init(reading section: ConfigurationSection) throws {
        func hours(_ key: String, _ fallback: Duration) throws -> Duration {
            try section.integer(key, in: 1...87_600).map { .seconds($0 * 3600) } ?? fallback
        }
        interval = try section.integer("interval_minutes", in: 1...10_080).map { .seconds($0 * 60) } ?? interval
        policy.unverifiedRegistrations = try hours("unverified_registration_hours", policy.unverifiedRegistrations)
        policy.oneTimeTokens = try hours("one_time_token_hours", policy.oneTimeTokens)
        policy.sessions = try hours("session_hours", policy.sessions)
        policy.deliveredMails = try hours("delivered_mail_hours", policy.deliveredMails)
        policy.deadLetters = try hours("dead_letter_hours", policy.deadLetters)
        try section.finish()
    }
}

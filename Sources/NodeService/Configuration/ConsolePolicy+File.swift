import Accounts
import ConfigurationFiles

private enum SecondFactorRule: String, CaseIterable {
    case required
    case optional
}

extension ConsolePolicy {
    /// The section `console` of `node.yaml`.
    init(reading section: ConfigurationSection) throws {
        self.init()
        func minutes(_ key: String, in range: ClosedRange<Int>, _ fallback: Duration) throws -> Duration {
            try section.integer(key, in: range).map { .seconds($0 * 60) } ?? fallback
        }
        requiresSecondFactor = try section.choice("second_factor", of: SecondFactorRule.self) != .optional
        idleTime = try minutes("idle_minutes", in: 1...1440, idleTime)
        sessionTime = try minutes("session_minutes", in: 1...10_080, sessionTime)
        linkLifetime = try minutes("link_minutes", in: 5...10_080, linkLifetime)
        try section.finish()
    }
}

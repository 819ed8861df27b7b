import Accounts
import Foundation
import Languages

extension Phrasebook {
    /// A day in words, in UTC.
    public func day(_ moment: Timestamp) -> String { day(Self.date(moment)) }

    /// A day and its minute, in UTC.
    public func minute(_ moment: Timestamp) -> String { minute(Self.date(moment)) }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }
}

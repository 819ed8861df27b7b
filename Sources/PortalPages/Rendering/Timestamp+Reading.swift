import Accounts
import Foundation

extension Timestamp {
    /// The day as people read it: "24 November 2026", in UTC.
    var day: String {
        var style = Date.FormatStyle(locale: Locale(identifier: "en_GB"), timeZone: .gmt)
        style.calendar = Calendar(identifier: .gregorian)
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(style.day().month(.wide).year())
    }
}

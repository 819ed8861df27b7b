import Accounts
import Foundation

extension Timestamp {
    /// The day as people read it: "24 November 2026", in UTC.
    var day: String { formatted { $0.day().month(.wide).year() } }

    /// The minute as people read it: "24 November 2026, 13:05 UTC".
    var minute: String {
        let time = formatted { $0.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits) }
        return "\(day), \(time) UTC"
    }

    private func formatted(_ parts: (Date.FormatStyle) -> Date.FormatStyle) -> String {
        var style = Date.FormatStyle(locale: Locale(identifier: "en_GB"), timeZone: .gmt)
        style.calendar = Calendar(identifier: .gregorian)
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(parts(style))
    }
}

extension Timestamp {
    /// Reads a date and time as RFC 3339, section 5.6 has it: `2026-12-31T23:59:59.999+01:00`; nil for anything else.
    ///
    /// Digits beyond milliseconds are cut off.
    public init?(rfc3339 text: String) {
        let form =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))/
        guard let match = text.wholeMatch(of: form)?.output else { return nil }
        func number(_ digits: Substring?) -> Int64 { digits.flatMap { Int64($0) } ?? 0 }
        let (year, month, day) = (number(match.1), number(match.2), number(match.3))
        let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
        let (offsetHour, offsetMinute) = (number(match.9), number(match.10))
        // A minute may end with a leap second, which is counted as the first of the next one.
        guard (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day), hour < 24, minute < 60, second <= 60,
            offsetHour < 24, offsetMinute < 60
        else { return nil }
        let offset = (offsetHour * 60 + offsetMinute) * (match.8 == "-" ? -1 : 1)
        let minutes = (Self.days(to: day, of: month, in: year) * 24 + hour) * 60 + minute - offset
        let fraction = number(match.7.map { "\($0.dropFirst())00".prefix(3) })
        self.init(milliseconds: (minutes * 60 + second) * 1000 + fraction)
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 on, in the Gregorian calendar also where it was not used yet.
    private static func days(to day: Int64, of month: Int64, in year: Int64) -> Int64 {
        let before = year - 1
        let wholeYears = before * 365 + before / 4 - before / 100 + before / 400 - 719_162
        return wholeYears + (1..<month).map { days(in: $0, of: year) }.reduce(0, +) + day - 1
    }
}

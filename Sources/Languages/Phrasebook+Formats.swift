import Foundation

extension Phrasebook {
    /// A whole number as people write it in this language.
    public func number(_ value: Int) -> String { value.formatted(.number.locale(locale)) }

    /// A day in words, in UTC: "24 November 2026", "24. November 2026", "2026年11月24日".
    public func day(_ moment: Date) -> String { moment.formatted(style.day().month(.wide).year()) }

    /// A day and its minute, in UTC: "24 November 2026, 13:05 UTC".
    public func minute(_ moment: Date) -> String {
        "\(day(moment))\(language == .japanese ? " " : ", ")\(moment.formatted(style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits))) UTC"
    }

    private var locale: Locale {
        switch language {
        case .english: Locale(identifier: "en_GB")
        case .german: Locale(identifier: "de_DE")
        case .spanish: Locale(identifier: "es_ES")
        case .french: Locale(identifier: "fr_FR")
        case .japanese: Locale(identifier: "ja_JP")
        }
    }

    private var style: Date.FormatStyle {
        var style = Date.FormatStyle(locale: locale, timeZone: .gmt)
        style.calendar = Calendar(identifier: .gregorian)
        return style
    }
}

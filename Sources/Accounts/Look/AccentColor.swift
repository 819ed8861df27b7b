import Foundation

/// A colour of sRGB without transparency, such as a portal's owner chooses for what stands out.
public struct AccentColor: Hashable, Sendable, Codable, CustomStringConvertible {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rrggbb` or `#rgb` (CSS Color 4, section 5.2); nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.first == "#" else { return nil }
        var digits = String(text.dropFirst())
        if digits.utf8.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
        guard digits.utf8.count == 6, let bytes = Hexadecimal.bytes(digits) else { return nil }
        self.init(red: bytes[0], green: bytes[1], blue: bytes[2])
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let color = AccentColor(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no colour such as #0b5f7a")
        }
        self = color
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// `#rrggbb`, in lower case.
    public var description: String { "#" + Hexadecimal.text([red, green, blue]) }

    /// From 0 for black to 1 for white (WCAG 2.2, relative luminance).
    var luminance: Double {
        func linear(_ part: UInt8) -> Double {
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// From 1 to 21 (WCAG 2.2, contrast ratio).
    public func contrast(with other: AccentColor) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// This colour with a share, 0 to 1, of another one.
    func mixed(with other: AccentColor, share: Double) -> AccentColor {
        func mix(_ one: UInt8, _ two: UInt8) -> UInt8 { UInt8((Double(one) * (1 - share) + Double(two) * share).rounded()) }
        return AccentColor(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    static let black = AccentColor(red: 0, green: 0, blue: 0)
    static let white = AccentColor(red: 255, green: 255, blue: 255)
}

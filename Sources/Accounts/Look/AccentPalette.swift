/// The colours that follow from a portal's accent, in the light look and in the dark one, on pages and in mails.
///
/// Whatever an owner chooses can be read: a colour that is too bright for light grounds is darkened, one that is too dark for dark
/// grounds is lightened, until it reaches ``minimumContrast`` with each of them. A colour that does so already stays as it is.
public struct AccentPalette: Hashable, Sendable {
    /// WCAG 2.2, success criterion 1.4.3, for text of any size.
    public static let minimumContrast = 4.5

    /// The colours of one look.
    public struct Variant: Hashable, Sendable {
        /// Links, buttons, marks.
        public let accent: AccentColor
        /// The same below a pointer.
        public let strong: AccentColor
        /// Text on ``accent`` and ``strong``.
        public let onAccent: AccentColor
        /// A ground on which ``accent`` stands.
        public let tint: AccentColor
    }

    public let light: Variant
    public let dark: Variant

    /// The grounds of pages (`--ground`, `--surface`) and of mails.
    private static let lightGrounds = [rgb(0xFFFFFF), rgb(0xF6F7F9), rgb(0xF3F5F8)]
    private static let darkGrounds = [rgb(0x0E151C), rgb(0x11151C), rgb(0x17212B), rgb(0x1B212C)]
    /// Text on an accent of the dark look: darker than any of its grounds.
    private static let ink = rgb(0x0B1118)
    private static let steps = 64

    public init(_ color: AccentColor) {
        let lightTint = AccentColor.white.mixed(with: color, share: 0.1)
        let darkened = Self.readable(color, on: Self.lightGrounds + [lightTint], towards: .black)
        light = Variant(
            accent: darkened, strong: darkened.mixed(with: .black, share: 0.25), onAccent: .white, tint: lightTint)
        let darkTint = Self.rgb(0x17212B).mixed(with: color, share: 0.16)
        let lightened = Self.readable(color, on: Self.darkGrounds + [darkTint], towards: .white)
        dark = Variant(
            accent: lightened, strong: lightened.mixed(with: .white, share: 0.3), onAccent: Self.ink, tint: darkTint)
    }

    /// As little as possible of black or white mixed into a colour, so that it can be read on all grounds.
    private static func readable(_ color: AccentColor, on grounds: [AccentColor], towards end: AccentColor) -> AccentColor {
        for step in 0..<steps {
            let candidate = color.mixed(with: end, share: Double(step) / Double(steps))
            if grounds.allSatisfy({ candidate.contrast(with: $0) >= minimumContrast }) { return candidate }
        }
        return end
    }

    private static func rgb(_ value: UInt32) -> AccentColor {
        AccentColor(red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }
}

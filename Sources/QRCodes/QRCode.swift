/// A QR code (ISO/IEC 18004:2015): text in byte mode, with the error correction M, which restores 15 % of the code.
///
/// ```swift
/// let code = try QRCode("otpauth://totp/…")
/// code.size        // modules along one side, without the quiet zone
/// code[x, y]       // true where a module is dark
/// ```
public struct QRCode: Sendable {
    /// Light modules that have to be around a code (clause 5.3.8).
    public static let quietZone = 4

    private let modules: ModuleGrid

    /// Modules along one side, without the quiet zone: 21 to 177.
    public var size: Int { modules.size }

    /// - Parameter text: kept as UTF-8, which readers expect today, without saying so in the code (no ECI), as not all understand that.
    /// - Throws: ``QRCodeError/tooLong(bytes:)`` for more than 2,331 bytes.
    public init(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(holding: bytes.count) else { throw QRCodeError.tooLong(bytes: bytes.count) }
        let drawing = Self.drawing(of: bytes, in: version)
        let candidates = Mask.allCases.map { drawing.masked(with: $0) }
        // `min` takes the first of equals, as the standard's own examples do.
        modules = candidates.min { $0.penalty < $1.penalty } ?? candidates[0]
    }

    /// With a version and a mask that somebody has chosen, for comparing with codes of others.
    init(_ bytes: [UInt8], version: QRVersion, mask: Mask) {
        modules = Self.drawing(of: bytes, in: version).masked(with: mask)
    }

    private static func drawing(of bytes: [UInt8], in version: QRVersion) -> SymbolDrawing {
        SymbolDrawing(of: DataBlocks(bytes, in: version).codewords, in: version)
    }

    /// Whether the module in a column and a row, counted from the upper left, is dark.
    public subscript(x: Int, y: Int) -> Bool { modules[x, y] }
}

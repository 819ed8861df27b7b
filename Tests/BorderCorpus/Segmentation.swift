/// In which pieces a client hands its bytes to the network. What they mean must not depend on that.
public enum Segmentation: String, CaseIterable, Sendable {
    case whole
    /// Between each CR and what follows it, where a reader that looks for whole line ends stumbles.
    case insideLineEnds
    case byteByByte

    /// Longer cases are not sent byte by byte: it would only take time.
    private static let mostBytes = 90

    /// The pieces; nil where a case is too long to be sent so.
    public func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        switch self {
        case .whole: return [bytes[...]]
        case .byteByByte: return bytes.count <= Self.mostBytes ? bytes.indices.map { bytes[$0...$0] } : nil
        case .insideLineEnds:
            var pieces: [ArraySlice<UInt8>] = []
            var start = 0
            for index in bytes.indices where bytes[index] == 0x0D {
                pieces.append(bytes[start...index])
                start = index + 1
            }
            if start < bytes.count { pieces.append(bytes[start...]) }
            return pieces.count < 200 ? pieces : nil
        }
    }
}

/// A text's codewords in the order in which a code shows them: described, padded, cut into blocks, corrected and interleaved
/// (clauses 7.4 to 7.6).
struct DataBlocks {
    let codewords: [UInt8]

    init(_ bytes: [UInt8], in version: QRVersion) {
        let data = Self.data(of: bytes, in: version)
        let blocks = Self.blocks(of: data, in: version)
        let correction = ReedSolomon(length: version.correctionLength)
        codewords = Self.interleaved(blocks) + Self.interleaved(blocks.map { ArraySlice(correction.correction(of: $0)) })
    }

    /// Mode, length, bytes, end, and padding in turns of two bytes.
    private static func data(of bytes: [UInt8], in version: QRVersion) -> [UInt8] {
        var bits = BitText()
        bits.append(0b0100, count: 4)
        bits.append(bytes.count, count: version.countBits)
        for byte in bytes { bits.append(Int(byte), count: 8) }
        // Four bits end the text. A length that leaves less room than a byte is impossible: mode and length are 12 or 20 bits.
        bits.append(0, count: 4)
        let missing = version.dataLength - bits.bytes.count
        return bits.bytes + (0..<missing).map { $0.isMultiple(of: 2) ? 0xEC : 0x11 }
    }

    /// Blocks of one length, and those of one more behind them.
    private static func blocks(of data: [UInt8], in version: QRVersion) -> [ArraySlice<UInt8>] {
        let short = data.count / version.blocks
        let shortBlocks = version.blocks - data.count % version.blocks
        var start = 0
        return (0..<version.blocks).map { index in
            let length = index < shortBlocks ? short : short + 1
            defer { start += length }
            return data[start..<start + length]
        }
    }

    private static func interleaved(_ blocks: [ArraySlice<UInt8>]) -> [UInt8] {
        let longest = blocks.map(\.count).max() ?? 0
        return (0..<longest).flatMap { index in blocks.compactMap { $0.dropFirst(index).first } }
    }
}

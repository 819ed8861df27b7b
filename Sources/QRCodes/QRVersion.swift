/// One of the 40 sizes of a code, with what the standard's tables say of it at the error correction M.
struct QRVersion {
    /// 1 to 40.
    let number: Int

    /// Modules along one side.
    var size: Int { 17 + 4 * number }

    /// Codewords for error correction in each block (table 9).
    var correctionLength: Int { Self.correctionLengths[number - 1] }

    /// In how many blocks the codewords are interleaved (table 9).
    var blocks: Int { Self.blockCounts[number - 1] }

    /// All codewords: what is left of the square beside its patterns, in bytes (table 1).
    var codewords: Int {
        var modules = (16 * number + 128) * number + 64
        if number >= 2 {
            let alignments = number / 7 + 2
            modules -= (25 * alignments - 10) * alignments - 55
            if number >= 7 { modules -= 36 }
        }
        return modules / 8
    }

    /// Codewords that carry the text and what describes it.
    var dataLength: Int { codewords - correctionLength * blocks }

    /// How many bits tell the number of bytes (table 3).
    var countBits: Int { number < 10 ? 8 : 16 }

    /// Bytes of text that there is room for.
    var capacity: Int { (dataLength * 8 - 4 - countBits) / 8 }

    /// The middles of alignment patterns along one side (annex E).
    var alignmentPositions: [Int] {
        guard number >= 2 else { return [] }
        let count = number / 7 + 2
        let step = (number * 8 + count * 3 + 5) / (count * 4 - 4) * 2
        return [6] + (0..<count - 1).map { size - 7 - $0 * step }.reversed()
    }

    static func smallest(holding bytes: Int) -> QRVersion? {
        (1...40).lazy.map(QRVersion.init).first { $0.capacity >= bytes }
    }

    private static let correctionLengths = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ]

    private static let blockCounts = [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ]
}

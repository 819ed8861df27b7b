/// Patterns and codewords in their places, before a mask is laid over them (clauses 6.3 and 7.7).
struct SymbolDrawing {
    private let version: QRVersion
    private var modules: ModuleGrid
    /// Where patterns, the format and the version are: no codeword is put there and no mask lies there.
    private var reserved: ModuleGrid

    private var size: Int { version.size }

    init(of codewords: [UInt8], in version: QRVersion) {
        self.version = version
        modules = ModuleGrid(size: version.size)
        reserved = ModuleGrid(size: version.size)
        drawTiming()
        drawFinders()
        drawAlignments()
        // Reserves its places; the mask's own is drawn over it.
        drawFormat(0)
        drawVersion()
        place(codewords)
    }

    func masked(with mask: Mask) -> ModuleGrid {
        var drawing = self
        for y in 0..<size {
            for x in 0..<size where !reserved[x, y] && mask.covers(x, y) { drawing.modules[x, y].toggle() }
        }
        drawing.drawFormat(mask.rawValue)
        return drawing.modules
    }

    private mutating func draw(_ isDark: Bool, _ x: Int, _ y: Int) {
        modules[x, y] = isDark
        reserved[x, y] = true
    }

    private mutating func drawTiming() {
        for place in 0..<size {
            draw(place.isMultiple(of: 2), 6, place)
            draw(place.isMultiple(of: 2), place, 6)
        }
    }

    /// Three finders with the light line around each.
    private mutating func drawFinders() {
        for (middleX, middleY) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for y in max(0, middleY - 4)...min(size - 1, middleY + 4) {
                for x in max(0, middleX - 4)...min(size - 1, middleX + 4) {
                    let ring = max(abs(x - middleX), abs(y - middleY))
                    draw(ring != 2 && ring != 4, x, y)
                }
            }
        }
    }

    private mutating func drawAlignments() {
        let positions = version.alignmentPositions
        for middleY in positions {
            for middleX in positions where !isFinder(middleX, middleY) {
                for y in middleY - 2...middleY + 2 {
                    for x in middleX - 2...middleX + 2 { draw(max(abs(x - middleX), abs(y - middleY)) != 1, x, y) }
                }
            }
        }
    }

    private func isFinder(_ x: Int, _ y: Int) -> Bool {
        (x == 6 && y == 6) || (x == 6 && y == size - 7) || (x == size - 7 && y == 6)
    }

    /// Error correction and mask, twice, in a BCH code (15, 5) (clause 7.9.1).
    private mutating func drawFormat(_ mask: Int) {
        // The correction M has the bits 00.
        let format = Self.code(of: mask, generator: 0b101_0011_0111, checkBits: 10) ^ 0b101_0100_0001_0010
        for bit in 0..<15 {
            let isDark = format >> bit & 1 == 1
            // The timing patterns in row and column 6 are left out.
            switch bit {
            case 0...5: draw(isDark, 8, bit)
            case 6, 7: draw(isDark, 8, bit + 1)
            case 8: draw(isDark, 7, 8)
            default: draw(isDark, 14 - bit, 8)
            }
            if bit < 8 { draw(isDark, size - 1 - bit, 8) } else { draw(isDark, 8, size - 15 + bit) }
        }
        draw(true, 8, size - 8)
    }

    /// The version, twice, in a Golay code (18, 6), from version 7 on (clause 7.10).
    private mutating func drawVersion() {
        guard version.number >= 7 else { return }
        let bits = Self.code(of: version.number, generator: 0b1_1111_0010_0101, checkBits: 12)
        for bit in 0..<18 {
            let (near, far) = (bit / 3, size - 11 + bit % 3)
            draw(bits >> bit & 1 == 1, near, far)
            draw(bits >> bit & 1 == 1, far, near)
        }
    }

    /// Data followed by what remains when it is divided by the generator.
    private static func code(of data: Int, generator: Int, checkBits: Int) -> Int {
        var remainder = data
        for _ in 0..<checkBits { remainder = (remainder << 1) ^ ((remainder >> (checkBits - 1)) * generator) }
        return data << checkBits | remainder
    }

    /// In stripes of two columns from the right, upwards and downwards in turns. Places that are left over stay light.
    private mutating func place(_ codewords: [UInt8]) {
        var bit = 0
        var (right, isUpward) = (size - 1, true)
        while right > 0 {
            if right == 6 { right = 5 }
            for step in 0..<size {
                let y = isUpward ? size - 1 - step : step
                for x in [right, right - 1] where !reserved[x, y] && bit < codewords.count * 8 {
                    modules[x, y] = codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
                    bit += 1
                }
            }
            (right, isUpward) = (right - 2, !isUpward)
        }
    }
}

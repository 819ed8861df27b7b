import Crypto
import Foundation
import Testing

@testable import QRCodes

@Suite("QR codes")
struct QRCodeTests {
    /// A code as another program made it: a version, a mask, the SHA-256 of its modules as digits row by row, how many bytes fit in it, and
    /// how many are in it. The byte at a place is `place * 7 + version`.
    struct Sample: CustomTestStringConvertible {
        let version: Int
        let mask: Int
        let hash: String
        let capacity: Int
        let bytes: Int

        var testDescription: String { "version \(version), mask \(mask)" }

        init(_ line: Substring) throws {
            let words = line.split(separator: " ")
            version = try #require(Int(words[0]))
            mask = try #require(Int(words[1]))
            hash = String(words[2])
            capacity = try #require(Int(words[3]))
            bytes = try #require(Int(words[4]))
        }

        /// Made by PyPI's qrcodegen 1.8 (`encode_segments` of one segment of bytes, `Ecc.MEDIUM`, `boostecl=False`).
        static func all() throws -> [Sample] {
            let file = try #require(Bundle.module.url(forResource: "codes", withExtension: "txt"))
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(Sample.init)
        }
    }

    @Test("every version and every mask is, module by module, what another program draws", arguments: try Sample.all())
    func sample(_ sample: Sample) throws {
        let version = QRVersion(number: sample.version)
        #expect(version.capacity == sample.capacity)
        let bytes = (0..<sample.bytes).map { UInt8(truncatingIfNeeded: $0 * 7 + sample.version) }
        let code = QRCode(bytes, version: version, mask: try #require(Mask(rawValue: sample.mask)))
        let digits = (0..<code.size).flatMap { y in (0..<code.size).map { code[$0, y] ? "1" : "0" } }.joined()
        let hash = SHA256.hash(data: Data(digits.utf8)).map { String(format: "%02x", $0) }.joined()
        #expect(hash == sample.hash)
    }

    @Test("a short text is the smallest code, with the mask that is easiest to read")
    func picture() throws {
        let code = try QRCode("Portolan")
        let rows = (0..<code.size).map { y in (0..<code.size).map { code[$0, y] ? "#" : "." }.joined() }
        #expect(rows == Self.portolan)
    }

    /// As qrcodegen draws it.
    private static let portolan = [
        "#######..#.##.#######",
        "#.....#..####.#.....#",
        "#.###.#.#####.#.###.#",
        "#.###.#.##....#.###.#",
        "#.###.#.##.##.#.###.#",
        "#.....#.#...#.#.....#",
        "#######.#.#.#.#######",
        "........#.###........",
        "#.#####.....#.#####..",
        "##.#...##...######..#",
        "##.#..##.###..#..#.#.",
        ".#.#.#.##.#......##..",
        "..#.#.#.#..#...#.#...",
        "........##.######.##.",
        "#######..#..#.#....#.",
        "#.....#.#..#####.##..",
        "#.###.#.#...#...##..#",
        "#.###.#.#...#..####..",
        "#.###.#.#.##.#....#..",
        "#.....#.........###..",
        "#######.#..#.#..#..#.",
    ]

    @Test(
        "of eight masks the one is taken that another program takes",
        arguments: [
            ("Portolan", 2),
            ("https://portal.example/", 2),
            (
                "otpauth://totp/eu:ada%40example%2Ecom?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=eu&algorithm=SHA1&digits=6&period=30",
                2
            ),
            ("日本語の文字", 1),
            (String(repeating: "a", count: 200), 1),
            (String(repeating: "0", count: 1000), 0),
        ] as [(String, Int)])
    func mask(text: String, mask: Int) throws {
        let (code, bytes) = (try QRCode(text), Array(text.utf8))
        let version = try #require(QRVersion.smallest(holding: bytes.count))
        let other = QRCode(bytes, version: version, mask: try #require(Mask(rawValue: mask)))
        #expect((0..<code.size).allSatisfy { y in (0..<code.size).allSatisfy { code[$0, y] == other[$0, y] } })
    }

    @Test("the smallest version that holds a text is taken", arguments: [(14, 21), (15, 25), (213, 57), (214, 61), (2331, 177)])
    func size(bytes: Int, size: Int) throws {
        #expect(try QRCode(String(repeating: "a", count: bytes)).size == size)
    }

    @Test("a text that no code holds is refused, and an empty one is not")
    func length() throws {
        #expect(throws: QRCodeError.tooLong(bytes: 2332)) { try QRCode(String(repeating: "a", count: 2332)) }
        #expect(try QRCode("").size == 21)
    }

    @Test("the penalty counts runs, squares, patterns like finders, and what is too dark or too light")
    func penalty() {
        // 20 lines of ten light modules: 8 each. 81 squares: 3 each. All light: 50 % away from a half, 10 for each 5 %.
        var grid = ModuleGrid(size: 10)
        #expect(grid.penalty == 20 * 8 + 81 * 3 + 100)
        // A checkerboard has nothing to be counted.
        for y in 0..<10 { for x in 0..<10 { grid[x, y] = (x + y).isMultiple(of: 2) } }
        #expect(grid.penalty == 0)
        // A row that looks like a finder: the quiet zone before it is light, what is behind it only for one module.
        var row = grid
        for (x, isDark) in [true, false, true, true, true, false, true, false].enumerated() { row[x, 0] = isDark }
        #expect(row.penalty == grid.penalty + 40)
        // One dark module more, and it is none.
        row[7, 0] = true
        #expect(row.penalty == grid.penalty)
    }

    @Test("the drawing has every dark module once, and nothing in the quiet zone")
    func drawing() throws {
        let code = try QRCode("https://portal.example/")
        var drawn = Set<[Int]>()
        var runs = 0
        for run in code.path.matches(of: #/M(\d+) (\d+)h(\d+)v1h-(\d+)z/#) {
            let (x, y, width) = (try #require(Int(run.1)), try #require(Int(run.2)), try #require(Int(run.3)))
            #expect(run.3 == run.4)
            for column in x..<x + width { drawn.insert([column - QRCode.quietZone, y - QRCode.quietZone]) }
            runs += 1
        }
        let dark = Set((0..<code.size).flatMap { y in (0..<code.size).filter { code[$0, y] }.map { [$0, y] } })
        #expect(drawn == dark)
        #expect(code.path.count { $0 == "M" } == runs)
        #expect(code.drawingSize == code.size + 8)
    }
}

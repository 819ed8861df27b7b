import Testing

@testable import APIDocuments

@Suite("Documents that are broken by chance")
struct MutationTests {
    private static let pieces = [
        "{", "}", "[", "]", ":", ",", "\"", "'", "\n", "  ", "- ", "&a ", "*a", "<<: ", "? ", "!!map ", "|", ">-", "#", "$ref",
        "null", "1e999", "-",
        "#/components/schemas/Animal", "\\u0000", "\u{202E}", "<script>", "allOf", "properties", "type", "oneOf", "\t", "---\n",
        "%", "true",
    ]

    private func mutated(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            let start = Int.random(in: 0..<bytes.count, using: &chance)
            let end = min(bytes.count, start + Int.random(in: 0...40, using: &chance))
            switch Int.random(in: 0..<5, using: &chance) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &chance)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0..<bytes.count, using: &chance))
            case 3: bytes.insert(contentsOf: Array((Self.pieces.randomElement(using: &chance) ?? "").utf8), at: start)
            default: bytes.replaceSubrange(start..<end, with: Array((Self.pieces.randomElement(using: &chance) ?? "").utf8))
            }
            if bytes.isEmpty { bytes = [0x7B] }
        }
        return bytes
    }

    @Test("a thousand broken documents are refused with a place, or read to a bounded model", arguments: Sample.allCases, [1, 2])
    func mutations(sample: Sample, seed: UInt64) throws {
        let original = try sample.bytes
        var chance = Chance(seed: seed)
        var limits = DocumentLimits()
        limits.documentRows = 2_000
        limits.modelBytes = 200_000
        var taken = 0
        for _ in 0..<500 {
            do throws(DocumentRefusal) {
                let document = try APIDocument(reading: mutated(original, &chance), limits: limits)
                #expect(document.rowCount <= limits.documentRows)
                for operation in document.operations {
                    #expect(operation.description.map { !$0.html.description.contains("<script") } ?? true)
                }
                taken += 1
            } catch {
                #expect((1...limits.problems).contains(error.problems.count) && !error.description.isEmpty)
            }
        }
        #expect(taken > 10)
    }
}

import Accounts
import Languages

/// Takes any document, but one that begins with "bad", of which it names two faults.
struct AnyDocument: SpecificationReader {
    func read(_ content: [UInt8]) async throws -> SpecificationReading {
        guard !content.starts(with: "bad".utf8) else {
            let (expected, found): (Wording, Wording) = ("a text", "a list")
            let place: Wording = "line \("2"), column \("1")"
            let reason: Wording = "expected \(expected), found \(found)"
            throw SpecificationRefusal([
                SpecificationProblem("line 1, column 1: expected openapi, found <b>", pointer: ""),
                SpecificationProblem("\(place): \(reason)", pointer: "/info"),
            ])
        }
        let isJSON = content.first == UInt8(ascii: "{")
        return SpecificationReading(format: isJSON ? .json : .yaml, openAPI: "3.1.0", title: "Any", version: "")
    }
}

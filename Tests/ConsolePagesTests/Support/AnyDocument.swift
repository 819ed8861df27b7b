import Accounts

/// Takes any document, but one that begins with "bad", of which it names two faults.
struct AnyDocument: SpecificationReader {
    func read(_ content: [UInt8]) async throws -> SpecificationReading {
        guard !content.starts(with: "bad".utf8) else {
            throw SpecificationRefusal([
                SpecificationProblem("line 1, column 1: expected openapi, found <b>", pointer: ""),
                SpecificationProblem("line 2, column 1: nothing", pointer: "/info"),
            ])
        }
        let isJSON = content.first == UInt8(ascii: "{")
        return SpecificationReading(format: isJSON ? .json : .yaml, openAPI: "3.1.0", title: "Any", version: "")
    }
}

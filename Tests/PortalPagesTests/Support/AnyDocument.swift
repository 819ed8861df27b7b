import Accounts

/// Takes any document as YAML; what it is worth is for the pages to find out.
struct AnyDocument: SpecificationReader {
    func read(_ content: [UInt8]) async throws -> SpecificationReading {
        let isJSON = content.first == UInt8(ascii: "{")
        return SpecificationReading(format: isJSON ? .json : .yaml, openAPI: "3.1.0", title: "Any", version: "")
    }
}

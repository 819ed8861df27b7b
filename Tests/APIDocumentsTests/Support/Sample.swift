import Foundation
import Testing

@testable import APIDocuments

/// Documents to test with.
enum Sample: String, CaseIterable {
    case shelter = "animal-shelter.yaml"
    case payments = "payments.json"

    var bytes: [UInt8] {
        get throws {
            let url = try #require(Bundle.module.url(forResource: rawValue, withExtension: nil, subdirectory: "Samples"))
            return [UInt8](try Data(contentsOf: url))
        }
    }

    var document: APIDocument { get throws { try APIDocument(reading: bytes) } }

    /// The beginning of a document, to which a test adds the rest.
    static let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
}

/// Reads a document; the refusal's description where it is refused.
func outcome(_ text: String, limits: DocumentLimits = .standard) -> Result<APIDocument, DocumentRefusal> {
    do throws(DocumentRefusal) {
        return .success(try APIDocument(reading: Array(text.utf8), limits: limits))
    } catch {
        return .failure(error)
    }
}

func refusal(_ text: String, limits: DocumentLimits = .standard) -> DocumentRefusal? {
    guard case .failure(let refusal) = outcome(text, limits: limits) else { return nil }
    return refusal
}

func value(_ text: String, limits: DocumentLimits = .standard) throws -> DocumentValue {
    try DocumentText(Array(text.utf8), limits: limits).value(limits: limits)
}

/// A document with one operation, whose parts a test chooses.
func document(operation: String = "responses: {}", components: String = "{}", path: String = "/x") throws -> APIDocument {
    let text = Sample.head + "paths: {\"\(path)\": {get: {\(operation)}}}\ncomponents: \(components)\n"
    return try APIDocument(reading: Array(text.utf8))
}

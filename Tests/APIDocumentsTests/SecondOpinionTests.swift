import Foundation
import Testing
import Yams

@testable import APIDocuments

@Suite("YAML as another reader reads it")
struct SecondOpinionTests {
    private func isSame(_ value: DocumentValue, _ node: Node) -> Bool {
        switch (value.content, node) {
        case (.object(let object), .mapping(let mapping)):
            object.members.count == mapping.count
                && zip(object.members, mapping).allSatisfy { $0.name == $1.key.string && isSame($0.value, $1.value) }
        case (.list(let list), .sequence(let sequence)):
            list.count == sequence.count && zip(list, sequence).allSatisfy { isSame($0, $1) }
        case (.null, .scalar(let scalar)): ["", "~", "null"].contains(scalar.string)
        case (.boolean(let boolean), .scalar(let scalar)): scalar.string == "\(boolean)"
        case (.number(let text), .scalar(let scalar)), (.text(let text), .scalar(let scalar)): scalar.string == text
        default: false
        }
    }

    @Test(
        "the composer of Yams makes the same tree",
        arguments: [
            "Sources/PortalAPI/OpenAPI/portal-api.yaml", "Sources/ManagementAPI/OpenAPI/management-api.yaml",
            "Tests/APIDocumentsTests/Samples/animal-shelter.yaml",
        ])
    func composer(path: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        let node = try #require(try Yams.compose(yaml: text))
        #expect(isSame(try value(text), node))
    }
}

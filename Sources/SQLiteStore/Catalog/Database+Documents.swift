import Accounts
import Foundation
import GRDB

/// Documents, and what a search finds of them.
extension Database {
    /// Writes a document in the place of an API's old one.
    func save(_ new: CatalogChange.NewDocument, of api: APIID) throws {
        try deleteDocument(of: api)
        let specification = new.document.specification
        try run(
            """
            INSERT INTO specification (api, id, format, openapi, title, version, digest, size, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                api.stored, specification.id.stored, specification.format.rawValue, specification.openAPI, specification.title,
                specification.version, specification.digest, specification.size, specification.createdAt.milliseconds,
                specification.updatedAt.milliseconds,
            ])
        try run(
            "INSERT INTO specification_content (api, content) VALUES (?, ?)", [api.stored, Data(new.document.content)])
        let number = try number(of: api)
        let text = ([new.reading.title] + new.reading.searchText).map(PublishedAPI.key).joined(separator: "\n")
        try run("UPDATE api_text SET document = ? WHERE rowid = ?", [text, number])
        for (place, operation) in new.reading.operations.prefix(Self.mostOperations).enumerated() {
            try insert(operation, number: number << 16 | Int64(place))
        }
    }

    func deleteDocument(of api: APIID) throws {
        let number = try number(of: api)
        try run("DELETE FROM specification WHERE api = ?", [api.stored])
        try run("UPDATE api_text SET document = '' WHERE rowid = ? AND document <> ''", [number])
        let operations = [number << 16, number << 16 | Int64(Self.mostOperations - 1)]
        try run("DELETE FROM operation WHERE number BETWEEN ? AND ?", StatementArguments(operations))
        try run("DELETE FROM operation_text WHERE rowid BETWEEN ? AND ?", StatementArguments(operations))
    }

    /// How many there is room for between one API's number and the next.
    private static let mostOperations = 1 << 16

    private func insert(_ operation: SpecificationOperation, number: Int64) throws {
        try run(
            """
            INSERT INTO operation (number, method, path, operation_id, summary, tags, anchor) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, operation.method, operation.path, operation.operationID, operation.summary,
                operation.tags.joined(separator: "\n"), operation.anchor,
            ])
        let text = operation.searched.map(PublishedAPI.key).joined(separator: "\n")
        try run("INSERT INTO operation_text (rowid, text) VALUES (?, ?)", [number, text])
    }
}

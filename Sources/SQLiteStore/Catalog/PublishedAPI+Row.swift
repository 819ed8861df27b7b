import Accounts
import Foundation
import GRDB

extension PublishedAPI {
    /// What a query has to select, from `api` and the `specification` that belongs to it.
    static let columns = """
        api.id, api.name, api.version, api.description, api.slug, api.revision, api.created_at, api.updated_at, \
        specification.id AS document_id, specification.format, specification.openapi, specification.title, \
        specification.version AS document_version, specification.digest, specification.size, \
        specification.created_at AS document_created_at, specification.updated_at AS document_updated_at
        """

    /// Beside the `api` of a query.
    static let specificationJoin = "LEFT JOIN specification ON specification.api = api.id"

    init(row: Row) throws {
        let document: Data? = try row.optional("document_id")
        self.init(
            id: try row.id("id"), name: try row.value("name"), version: try row.optional("version"),
            description: try row.optional("description"), slug: try row.value("slug"),
            specification: try document.map { _ in try Specification(row: row) }, revision: try row.value("revision"),
            createdAt: try row.time("created_at"), updatedAt: try row.time("updated_at"))
    }
}

extension Specification {
    init(row: Row) throws {
        self.init(
            id: try row.id("document_id"), format: try row.choice("format"), openAPI: try row.value("openapi"),
            title: try row.value("title"), version: try row.value("document_version"), digest: try row.value("digest"),
            size: try row.value("size"), createdAt: try row.time("document_created_at"),
            updatedAt: try row.time("document_updated_at"))
    }
}

extension CatalogEntry {
    init(row: Row) throws { self.init(api: try PublishedAPI(row: row), visibility: try row.choice("visibility")) }
}

extension Publication {
    init(row: Row) throws {
        self.init(
            api: try row.id("api"), portal: try row.id("portal"), visibility: try row.choice("visibility"),
            createdAt: try row.time("published_at"), updatedAt: try row.time("updated_at"))
    }
}

extension SpecificationOperation {
    init(row: Row) throws {
        let tags: String = try row.value("tags")
        self.init(
            method: try row.value("method"), path: try row.value("path"), operationID: try row.optional("operation_id"),
            summary: try row.optional("summary"), tags: tags.isEmpty ? [] : tags.components(separatedBy: "\n"),
            anchor: try row.value("anchor"))
    }
}

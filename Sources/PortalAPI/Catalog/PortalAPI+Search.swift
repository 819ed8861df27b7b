import Accounts
import Foundation
import HTTPConventions
import Hummingbird

extension PortalAPI {
    /// `search-portal`: the APIs and operations in which each word of `q` stands; everything where there is none.
    @Sendable func search(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        let query = try SearchQuery(request)
        let found = try await flows.catalogReading.findings(
            of: query.text, in: portal, visibleAs: try await visibility(for: request, at: portal), after: query.place,
            limit: query.size)
        let search = CatalogSearch(query.text)
        let data = found.findings.map { finding -> WireFinding in
            let origin = WireFinding.Origin(portal: portal.id, organization: flows.organization.id)
            return finding.operation.map { .operation(WireFoundOperation(finding, $0, of: origin, matching: search)) }
                ?? .api(WireFoundAPI(finding, of: origin, matching: search))
        }
        return try .json(WireFindings(data: data, query: query, next: found.next))
    }
}

/// What `search-portal` is asked for.
struct SearchQuery {
    let text: String
    let size: Int
    let place: CatalogFinding.Place?

    /// - Throws: `Problem` 400 naming what is wrong, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        text = query.text("q") ?? ""
        if text.unicodeScalars.count > CatalogSearch.maximumLength {
            query.report(.tooLong("q", maximum: CatalogSearch.maximumLength))
        }
        size = query.pageSize()
        let cursor = query.text("page[after]") ?? ""
        place = CatalogFinding.Place(cursor: cursor)
        if !cursor.isEmpty, place == nil { query.report(.invalid("page[after]", "must be as an answer before had it")) }
        try query.finish()
    }

    /// The path of a part of what the same search finds.
    func path(after place: CatalogFinding.Place?) -> String {
        let parameters = [("q", text), ("page[size]", String(size)), ("page[after]", place?.cursor ?? "")]
        let pairs = parameters.filter { !$0.1.isEmpty }.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
        return "/api/v3/search?\(pairs.joined(separator: "&"))"
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}

extension CatalogFinding.Place {
    /// As a client sends it back: `12` for an API, `12.3` for an operation.
    var cursor: String { operation.map { "\(api).\($0)" } ?? String(api) }

    init?(cursor: String) {
        let numbers = cursor.split(separator: ".", omittingEmptySubsequences: false).map { part -> Int64? in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(part) : nil
        }
        guard (1...2).contains(numbers.count), let api = numbers[0], (0...Self.largestNumber).contains(api) else { return nil }
        guard numbers.count == 2 else {
            self.init(api: api, operation: nil)
            return
        }
        guard let operation = numbers[1], (0...0xFFFF).contains(operation) else { return nil }
        self.init(api: api, operation: Int(operation))
    }

    private static let largestNumber: Int64 = 1 << 40
}

/// The contract's `PortalSearchResults`.
private struct WireFindings: Encodable {
    let data: [WireFinding]
    let meta: CursorMeta

    init(data: [WireFinding], query: SearchQuery, next: CatalogFinding.Place?) {
        self.data = data
        meta = CursorMeta(
            size: query.size, first: query.path(after: nil), next: next.map { query.path(after: $0) }, previous: nil)
    }
}

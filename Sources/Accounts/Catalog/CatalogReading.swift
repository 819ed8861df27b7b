import Geography

/// What developers read in the catalog of a portal.
///
/// `visibility` is who asks: `.private` for a developer who is logged in, `.public` for everybody else. What somebody may not see is
/// not there.
public struct CatalogReading: Sendable {
    let store: any CatalogStore

    /// One page of the catalog, by name where nothing else is asked for; with the total of what is visible.
    public func entries(
        in portal: Portal, visibleAs visibility: Visibility, selectedBy selection: APISelection = APISelection(),
        page: PageRequest
    ) async throws -> Page<CatalogEntry> {
        try await store.catalog(of: portal.id, visibleAs: visibility, selectedBy: selection, page: page)
    }

    /// The API of this id or slug.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func entry(
        _ idOrSlug: String, in portal: Portal, visibleAs visibility: Visibility
    ) async throws -> CatalogEntry {
        guard let entry = try await store.entry(CatalogEntryName(idOrSlug), of: portal.id, visibleAs: visibility) else {
            throw AccountError.notFound("API")
        }
        return entry
    }

    /// The document of an API that its reader may see, as it was given.
    ///
    /// - Throws: ``AccountError/notFound(_:)`` where it has none.
    public func document(of entry: CatalogEntry) async throws -> SpecificationDocument {
        guard entry.api.specification != nil, let document = try await store.document(of: entry.api.id) else {
            throw AccountError.notFound("document")
        }
        return document
    }

    /// One page of the APIs that a search finds: names that begin so, then names with the words in them, then APIs with the words in
    /// version, slug, description or document. A text without words finds everything, by name.
    ///
    /// The total is exact up to ``CatalogSearch/countedMatches``; beyond that there are at least so many.
    public func search(
        _ text: String, in portal: Portal, visibleAs visibility: Visibility, page: PageRequest
    ) async throws -> Page<CatalogEntry> {
        guard let search = CatalogSearch(text) else { return try await entries(in: portal, visibleAs: visibility, page: page) }
        return try await store.search(search, in: portal.id, visibleAs: visibility, page: page)
    }

    /// The APIs and operations in which each word is found (contract operation `search-portal`); everything for a text without words.
    ///
    /// - Parameters:
    ///   - place: the ``CatalogFindings/next`` of the part before; nil for the first.
    ///   - limit: the most findings.
    public func findings(
        of text: String, in portal: Portal, visibleAs visibility: Visibility, after place: CatalogFinding.Place? = nil,
        limit: Int
    ) async throws -> CatalogFindings {
        try await store.findings(
            of: CatalogSearch(text), in: portal.id, visibleAs: visibility, after: place, limit: limit)
    }
}

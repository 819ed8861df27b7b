import Accounts

extension InMemoryStore: CatalogStore {
    /// An API and what belongs to it.
    struct StoredAPI {
        var api: PublishedAPI
        let number: Int64
        var document: CatalogChange.NewDocument?
        var publications: [PortalID: Publication] = [:]

        /// What a search looks through beside the API's own texts.
        var documentText: [String] { document.map { [$0.reading.title] + $0.reading.searchText } ?? [] }
    }

    package func step<Outcome: Sendable>(
        on id: APIID, at portal: PortalID?, decide: @escaping @Sendable (CatalogSnapshot) throws -> CatalogDecision<Outcome>
    ) throws -> Outcome {
        let known = apis[id]
        let snapshot = CatalogSnapshot(
            api: known?.api, portal: portal.flatMap { self.portal($0) },
            publication: portal.flatMap { known?.publications[$0] })
        let decision = try decide(snapshot)
        try apply(decision.change, to: id, at: portal)
        record(decision.change.events, throttles: [])
        return decision.outcome
    }

    private func apply(_ change: CatalogChange, to id: APIID, at portal: PortalID?) throws {
        switch change.api {
        case .keep: break
        case .put(let api):
            try refuseRivals(of: api)
            if apis[id] == nil { apis[id] = StoredAPI(api: api, number: (apis.values.map(\.number).max() ?? 0) + 1) }
            apis[id]?.api = api
        case .remove: apis[id] = nil
        }
        switch change.document {
        case .keep: break
        case .put(let new): apis[id]?.document = new
        case .remove: apis[id]?.document = nil
        }
        guard let portal else { return }
        switch change.publication {
        case .keep: break
        case .put(let publication): apis[id]?.publications[portal] = publication
        case .remove: apis[id]?.publications[portal] = nil
        }
    }

    private func refuseRivals(of api: PublishedAPI) throws {
        let isTaken = apis.values.contains { stored in
            stored.api.id != api.id
                && ((stored.api.name == api.name && stored.api.version == api.version) || stored.api.slug == api.slug)
        }
        if isTaken { throw AccountError.conflict("taken") }
    }

    package func api(_ id: APIID) -> PublishedAPI? { apis[id]?.api }

    package func apis(_ ids: Set<APIID>) -> [PublishedAPI] { ids.compactMap(api) }

    package func apis(selectedBy selection: APISelection, page: PageRequest) -> Page<PublishedAPI> {
        Page(part: page, of: sorted(apis.values.map(\.api).filter(selection.takes), by: selection) { $0 })
    }

    package func document(of api: APIID) -> SpecificationDocument? { apis[api]?.document?.document }

    package func publications(of api: APIID?, at portal: PortalID?, page: PageRequest) -> Page<Publication> {
        let found = apis.values.flatMap(\.publications.values).filter {
            (api == nil || $0.api == api) && (portal == nil || $0.portal == portal)
        }
        return Page(part: page, of: found.sorted { ($0.api, $0.portal) < ($1.api, $1.portal) })
    }

    package func catalog(
        of portal: PortalID, visibleAs visibility: Visibility, selectedBy selection: APISelection, page: PageRequest
    ) -> Page<CatalogEntry> {
        let found = shown(in: portal, visibleAs: visibility).map(\.entry).filter { selection.takes($0.api) }
        return Page(part: page, of: sorted(found, by: selection, \.api))
    }

    package func entry(
        _ name: CatalogEntryName, of portal: PortalID, visibleAs visibility: Visibility
    ) -> CatalogEntry? {
        shown(in: portal, visibleAs: visibility).map(\.entry).first { entry in
            switch name {
            case .id(let id): entry.api.id == id
            case .slug(let slug): entry.api.slug == slug
            }
        }
    }

    package func search(
        _ search: CatalogSearch, in portal: PortalID, visibleAs visibility: Visibility, page: PageRequest
    ) -> Page<CatalogEntry> {
        let found = shown(in: portal, visibleAs: visibility).filter {
            search.finds($0.stored.api, document: $0.stored.documentText)
        }
        let ranked = found.sorted { one, other in
            let ranks = (search.rank(ofName: one.entry.api.name) ?? 2, search.rank(ofName: other.entry.api.name) ?? 2)
            return (ranks.0, one.stored.number) < (ranks.1, other.stored.number)
        }
        return Page(part: page, of: ranked.map(\.entry))
    }

    package func findings(
        of search: CatalogSearch?, in portal: PortalID, visibleAs visibility: Visibility, after place: CatalogFinding.Place?,
        limit: Int
    ) -> CatalogFindings {
        let all = shown(in: portal, visibleAs: visibility).flatMap { entry, stored -> [CatalogFinding] in
            let isFound = search.map { $0.finds(stored.api) } ?? true
            let own =
                isFound ? [CatalogFinding(entry: entry, operation: nil, place: .init(api: stored.number, operation: nil))] : []
            let operations = stored.document?.reading.operations ?? []
            return own
                + operations.enumerated().compactMap { number, operation in
                    guard search?.finds(operation) ?? true else { return nil }
                    return CatalogFinding(
                        entry: entry, operation: operation, place: .init(api: stored.number, operation: number))
                }
        }
        let rest = all.filter { finding in place.map { $0 < finding.place } ?? true }.sorted { $0.place < $1.place }
        let part = Array(rest.prefix(limit))
        return CatalogFindings(findings: part, next: rest.count > limit ? part.last?.place : nil)
    }

    private func shown(in portal: PortalID, visibleAs visibility: Visibility) -> [(entry: CatalogEntry, stored: StoredAPI)] {
        apis.values.sorted { $0.number < $1.number }.compactMap { stored in
            guard let publication = stored.publications[portal], visibility == .private || publication.visibility == .public
            else { return nil }
            return (CatalogEntry(api: stored.api, visibility: publication.visibility), stored)
        }
    }

    private func sorted<Element>(
        _ elements: [Element], by selection: APISelection, _ api: (Element) -> PublishedAPI
    ) -> [Element] {
        let keyed = elements.map { element -> (key: [String], id: APIID, element: Element) in
            let api = api(element)
            let name = PublishedAPI.key(of: api.name)
            let key =
                switch selection.order {
                case .name: [name]
                case .version: [api.version.map(PublishedAPI.key) ?? "", name]
                case .createdAt: [api.createdAt.iso8601, name]
                case .updatedAt: [api.updatedAt.iso8601, name]
                }
            return (key, api.id, element)
        }
        let sorted = keyed.sorted { one, other in
            for (first, second) in zip(one.key, other.key) where first != second {
                return first.utf8.lexicographicallyPrecedes(second.utf8)
            }
            return one.id < other.id
        }.map(\.element)
        return selection.isDescending ? sorted.reversed() : sorted
    }
}

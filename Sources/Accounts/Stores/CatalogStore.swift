import Geography

/// Keeps the APIs of one geo, their documents, and where they are published.
///
/// Lists and searches never read a document, and cost the same however many APIs there are.
public protocol CatalogStore: Sendable {
    /// One atomic step on one API.
    ///
    /// - Parameters:
    ///   - portal: whose publication of it the rules ask about; nil where they do not.
    ///   - decide: the rules. It may run more than once and must have no effects of its own; what it throws is thrown here, with
    ///     nothing changed.
    /// - Throws: what `decide` throws; ``AccountError/conflict(_:)`` where name and version, or the slug, are another API's.
    func step<Outcome: Sendable>(
        on api: APIID, at portal: PortalID?,
        decide: @escaping @Sendable (CatalogSnapshot) throws -> CatalogDecision<Outcome>
    ) async throws -> Outcome

    func api(_ id: APIID) async throws -> PublishedAPI?

    /// Those of the APIs that are there, in any order.
    func apis(_ ids: Set<APIID>) async throws -> [PublishedAPI]

    func apis(selectedBy selection: APISelection, page: PageRequest) async throws -> Page<PublishedAPI>

    /// - Returns: nil where there is no such API, or it has no document.
    func document(of api: APIID) async throws -> SpecificationDocument?

    /// By the ids of the APIs, then of the portals; nil for all of them.
    func publications(of api: APIID?, at portal: PortalID?, page: PageRequest) async throws -> Page<Publication>

    /// One page of what a portal's catalog shows.
    ///
    /// - Parameter visibility: `.public` leaves the private ones out.
    func catalog(
        of portal: PortalID, visibleAs visibility: Visibility, selectedBy selection: APISelection, page: PageRequest
    ) async throws -> Page<CatalogEntry>

    /// The API of this id or slug in a portal's catalog.
    func entry(_ name: CatalogEntryName, of portal: PortalID, visibleAs visibility: Visibility) async throws -> CatalogEntry?

    /// One page of the APIs that a search finds: names that begin so, then names with the words in them, then the rest.
    ///
    /// The total is exact up to ``CatalogSearch/countedMatches``.
    func search(
        _ search: CatalogSearch, in portal: PortalID, visibleAs visibility: Visibility, page: PageRequest
    ) async throws -> Page<CatalogEntry>

    /// The APIs and operations in which each word is found, in the order of ``CatalogFinding/Place``.
    ///
    /// - Parameters:
    ///   - search: nil for everything.
    ///   - place: after which to begin; nil for the start.
    func findings(
        of search: CatalogSearch?, in portal: PortalID, visibleAs visibility: Visibility, after place: CatalogFinding.Place?,
        limit: Int
    ) async throws -> CatalogFindings
}

/// What names an API of a catalog in a URL.
public enum CatalogEntryName: Hashable, Sendable {
    case id(APIID)
    case slug(String)

    /// What has the form of an id is one.
    public init(_ text: String) { self = APIID(text).map(Self.id) ?? .slug(text) }
}

/// What a decision about an API may depend on, all read at one moment.
public struct CatalogSnapshot: Sendable {
    public let api: PublishedAPI?
    /// The portal that was asked about, and whether the API is published there.
    public let portal: Portal?
    public let publication: Publication?

    public init(api: PublishedAPI?, portal: Portal?, publication: Publication?) {
        self.api = api
        self.portal = portal
        self.publication = publication
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    func requireAPI() throws -> PublishedAPI {
        guard let api else { throw AccountError.notFound("API") }
        return api
    }
}

/// What a step answers, and what it changes.
public struct CatalogDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    public let change: CatalogChange

    public init(_ outcome: Outcome, _ change: CatalogChange = CatalogChange()) {
        self.outcome = outcome
        self.change = change
    }
}

/// The effects of one step on an API, written together.
public struct CatalogChange: Sendable {
    /// What becomes of something: it stays, is put there, or goes.
    public enum Effect<Value: Sendable>: Sendable {
        case keep
        case put(Value)
        case remove
    }

    /// A document with what a search finds in it.
    public struct NewDocument: Sendable {
        public let document: SpecificationDocument
        public let reading: SpecificationReading

        public init(_ document: SpecificationDocument, reading: SpecificationReading) {
            self.document = document
            self.reading = reading
        }
    }

    /// The API as it is from now on, without regard to its ``PublishedAPI/specification``; created where its id is new. Where it
    /// goes, its document and its publications go with it.
    public var api = Effect<PublishedAPI>.keep
    public var document = Effect<NewDocument>.keep
    /// At the portal that was asked about.
    public var publication = Effect<Publication>.keep
    /// What the audit log tells of this step.
    public var events: [AuditEvent] = []

    public init() {}
}

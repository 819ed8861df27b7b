/// An OpenAPI document, read and checked, as a page shows it.
///
/// ```swift
/// let document = try APIDocument(reading: bytes)
/// for group in document.groups { for operation in group.operations { … } }
/// ```
///
/// Every text in it is plain text, cut to its limit and without control characters; it is to be escaped like any other text. What
/// may go into a page as it is, is ``Markdown/html``.
public struct APIDocument: Sendable, Equatable {
    public let format: DocumentFormat
    /// As the document has it: `3.0.3`, `3.1.0`.
    public let specification: String
    public let title: String
    public let version: String
    public let summary: String?
    public let description: Markdown?
    public let termsOfService: WebAddress?
    public let contact: APIContact?
    public let licence: APILicence?
    public let externalDocumentation: APILink?
    public let servers: [APIServer]
    public let securitySchemes: [APISecurityScheme]
    /// The operations of `paths` by their first tag: tags in the document's order, then those it does not list, then no tag.
    public let groups: [APIOperationGroup]
    /// What the API calls itself (OpenAPI 3.1).
    public let webhooks: [APIOperation]
    /// The schemas of `components`, to which a schema that is cut leads by ``APISchema/continuation``.
    public let schemas: [APINamedSchema]
    /// What a search looks through, bounded by ``DocumentLimits/searchBytes``.
    public let searchText: [String]
    /// Whether a limit of rendering was met, so that something is not shown.
    public let isAbridged: Bool

    /// - Parameter bytes: the raw file, JSON or YAML in UTF-8.
    /// - Throws: ``DocumentRefusal``, whose description names each place.
    public init(reading bytes: [UInt8], limits: DocumentLimits = .standard) throws(DocumentRefusal) {
        let text = try DocumentText(bytes, limits: limits)
        self = try DocumentReading(root: text.value(limits: limits), format: text.format, limits: limits).document()
    }

    init(_ overview: APIOverview, format: DocumentFormat, parts: APIDocumentParts, isAbridged: Bool) {
        self.format = format
        specification = overview.specification
        title = overview.title
        version = overview.version
        summary = overview.summary
        description = overview.description
        termsOfService = overview.termsOfService
        contact = overview.contact
        licence = overview.licence
        externalDocumentation = overview.externalDocumentation
        servers = parts.servers
        securitySchemes = parts.securitySchemes
        groups = parts.groups
        webhooks = parts.webhooks
        schemas = parts.schemas
        searchText = parts.searchText
        self.isAbridged = isAbridged
    }

    /// Those of all groups, in the groups' order.
    public var operations: [APIOperation] { groups.flatMap(\.operations) }

    /// By ``APIOperation/id``, one of `paths`.
    public func operation(_ id: String) -> APIOperation? {
        for group in groups { if let operation = group.operations.first(where: { $0.id == id }) { return operation } }
        return nil
    }

    /// By the name that ``APISchema/component`` and ``APISchema/Continuation/component`` tell.
    public func schema(named name: String) -> APINamedSchema? { schemas.first { $0.name == name } }
}

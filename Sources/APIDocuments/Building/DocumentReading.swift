/// Makes the model of a document: checks which specification it follows, then its references, then reads its parts.
struct DocumentReading {
    private let root: Part
    private let format: DocumentFormat
    private let limits: DocumentLimits
    private let context: ReadingContext
    private let componentContext: ReadingContext

    init(root: DocumentValue, format: DocumentFormat, limits: DocumentLimits) {
        self.root = Part(value: root, pointer: .root)
        self.format = format
        self.limits = limits
        let references = References(root: root)
        let problems = ProblemLog(limit: limits.problems)
        context = ReadingContext(
            limits: limits, references: references, problems: problems, budget: ModelBudget(halfOf: limits))
        componentContext = ReadingContext(
            limits: limits, references: references, problems: problems, budget: ModelBudget(halfOf: limits))
    }

    func document() throws(DocumentRefusal) -> APIDocument {
        try SpecificationCheck.check(root)
        ReferenceCheck(references: context.references, problems: context.problems).check(root)
        try context.problems.finish()
        let overview = OverviewReading(context: context).overview(of: root)
        let parts = try parts(titled: overview.title)
        try context.problems.finish()
        return APIDocument(
            overview, format: format, parts: parts, isAbridged: context.budget.isExceeded || componentContext.budget.isExceeded)
    }

    private func parts(titled title: String) throws(DocumentRefusal) -> APIDocumentParts {
        let servers = ServerReading(context: context)
        let security = SecurityReading(context: context, root: root)
        let documentServers = servers.servers(of: root)
        let operations = OperationReading(context: context, security: security, servers: servers, root: root)
        let found = try PathReading(context: context, operations: operations).operations(of: root)
        return APIDocumentParts(
            servers: documentServers, securitySchemes: security.schemes,
            groups: TagReading(context: context).groups(of: found.paths, in: root), webhooks: found.webhooks,
            schemas: schemas(), searchText: SearchText(limit: limits.searchBytes, title: title, found).pieces)
    }

    private func schemas() -> [APINamedSchema] {
        let context = componentContext
        guard let components = context.object("components", of: root) else { return [] }
        var slugs = SlugBook()
        let reading = SchemaReading(context: context)
        let found = context.members("schemas", of: components)
        return found.prefix(context.budget.takeEntries(found.count)).map { name, part in
            APINamedSchema(id: slugs.slug(for: name), name: context.label(name), schema: reading.component(part))
        }
    }
}

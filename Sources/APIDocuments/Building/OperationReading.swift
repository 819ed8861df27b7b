/// Reads one operation.
struct OperationReading {
    /// Where an operation stands.
    struct Place {
        let method: HTTPMethod
        let path: String
        /// The path item, whose parameters and servers the operation has too.
        let item: Part
        let isWebhook: Bool
    }

    private let context: ReadingContext
    private let security: SecurityReading
    private let servers: ServerReading
    private let documentServers: [APIServer]
    private let documentSecurity: [APISecurityAlternative]

    init(context: ReadingContext, security: SecurityReading, servers: ServerReading, root: Part) {
        self.context = context
        self.security = security
        self.servers = servers
        documentServers = servers.servers(of: root)
        documentSecurity = security.alternatives(of: root) ?? []
    }

    /// Nil, and a problem told, where it is no operation.
    func operation(_ part: Part, at place: Place, slugs: inout SlugBook) -> APIOperation? {
        guard part.value.object != nil else {
            context.expected("an object that describes the operation", at: part)
            return nil
        }
        let operationID = context.label("operationId", of: part)
        let parameters = ParameterReading(context: context).parameters(of: part, and: place.item)
        let bodies = BodyReading(context: context)
        let body = bodies.requestBody(of: part)
        let alternatives = security.alternatives(of: part) ?? documentSecurity
        let call = CurlCall(
            method: place.method, path: place.path, server: base(of: part, in: place.item), parameters: parameters, body: body,
            security: alternatives.first)
        return APIOperation(
            id: slugs.slug(for: operationID ?? "\(place.method.rawValue) \(place.path)"), method: place.method, path: place.path,
            operationID: operationID, summary: context.label("summary", of: part), description: context.markdown(of: part),
            isDeprecated: context.flag("deprecated", of: part), tags: tags(of: part),
            externalDocumentation: OverviewReading(context: context).link(of: part), parameters: parameters, requestBody: body,
            responses: bodies.responses(of: part), security: alternatives, callbacks: callbacks(of: part),
            curl: place.isWebhook ? nil : context.whole { call.text(bytes: $0) })
    }

    private func tags(of part: Part) -> [String] {
        context.shown(context.entries("tags", of: part)).compactMap { entry in
            guard let text = entry.value.text else {
                context.expected("the name of a tag", at: entry)
                return nil
            }
            return context.label(text)
        }
    }

    /// The nearest server, of which OpenAPI says that it takes the place of the others.
    private func base(of part: Part, in item: Part) -> APIServer? {
        let own = part["servers"] == nil ? [] : servers.servers(of: part)
        let above = item["servers"] == nil ? [] : servers.servers(of: item)
        let nearest = [own, above, documentServers].first { !$0.isEmpty } ?? []
        return nearest.first { $0.address != nil } ?? nearest.first
    }

    private func callbacks(of part: Part) -> [String] {
        context.shown(context.members("callbacks", of: part)).flatMap { name, callback -> [String] in
            guard let callback = context.object(callback), let object = callback.value.object else { return [] }
            return context.shown(object.members).map { context.label("\(name): \($0.name)") }
        }
    }
}

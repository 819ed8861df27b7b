/// Reads one operation.
struct OperationReading {
    /// Where an operation stands.
    struct Place {
        let method: HTTPMethod
        let path: String
        /// The path item, whose parameters and servers the operation has too.
        let item: Part
        let caller: Caller
    }

    /// Who calls an operation.
    enum Caller {
        case client
        /// The API, out of `webhooks`.
        case webhook
        /// The API, because of another operation.
        case callback
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
            operationID: operationID, summary: context.label("summary", of: part) ?? context.label("summary", of: place.item),
            description: context.markdown(of: part) ?? context.markdown(of: place.item),
            isDeprecated: context.flag("deprecated", of: part), tags: tags(of: part),
            externalDocumentation: OverviewReading(context: context).link(of: part), parameters: parameters, requestBody: body,
            responses: bodies.responses(of: part), security: alternatives,
            callbacks: place.caller == .callback ? [] : callbacks(of: part),
            curl: place.caller == .client ? context.whole { call.text(bytes: $0) } : nil)
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

    private func callbacks(of part: Part) -> [APICallback] {
        context.shown(context.members("callbacks", of: part)).flatMap { name, callback -> [APICallback] in
            guard let callback = context.object(callback), let object = callback.value.object,
                context.budget.takeSteps(object.members.count)
            else { return [] }
            return context.shown(object.members.filter { !Extension.isNamed($0) }).compactMap { member in
                let part = Part(value: member.value, pointer: callback.pointer[member.name])
                return self.callback(part, named: name, to: member.name)
            }
        }
    }

    private func callback(_ part: Part, named name: String, to expression: String) -> APICallback? {
        guard let (item, found) = context.pathItem(part) else { return nil }
        // Their ids are nobody's: what is called back stands with the operation that is the reason for it.
        var slugs = SlugBook()
        let operations = found.compactMap { method, part in
            let place = Place(method: method, path: context.label(expression), item: item, caller: .callback)
            return operation(part, at: place, slugs: &slugs)
        }
        return APICallback(name: context.label(name), expression: context.label(expression), operations: operations)
    }
}

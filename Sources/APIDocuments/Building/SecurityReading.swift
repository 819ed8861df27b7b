/// Reads how callers show who they are: the schemes, and what a document or an operation asks for.
struct SecurityReading {
    let context: ReadingContext
    let schemes: [APISecurityScheme]
    private let schemesByName: [String: APISecurityScheme]

    init(context: ReadingContext, root: Part) {
        self.context = context
        var schemes: [APISecurityScheme] = []
        var schemesByName: [String: APISecurityScheme] = [:]
        if let components = context.object("components", of: root) {
            for (name, part) in context.shown(context.members("securitySchemes", of: components)) {
                guard let scheme = Self.scheme(part, named: name, context) else { continue }
                schemes.append(scheme)
                schemesByName[name] = scheme
            }
        }
        self.schemes = schemes
        self.schemesByName = schemesByName
    }

    /// Nil where the part says nothing of it, so that what it stands in decides.
    func alternatives(of part: Part) -> [APISecurityAlternative]? {
        guard part["security"] != nil else { return nil }
        let entries = context.entries("security", of: part)
        // An empty list takes away what the document asks for.
        guard !entries.isEmpty else { return [APISecurityAlternative(requirements: [])] }
        return context.shown(entries).compactMap(alternative)
    }

    private func alternative(_ part: Part) -> APISecurityAlternative? {
        guard let object = part.value.object else {
            context.expected("an object with the names of security schemes", at: part)
            return nil
        }
        return APISecurityAlternative(
            requirements: context.shown(object.members).compactMap { member in
                let below = Part(value: member.value, pointer: part.pointer[member.name])
                guard let scheme = schemesByName[member.name] else {
                    context.problems.add("there is no such scheme in /components/securitySchemes", at: below)
                    return nil
                }
                let scopes = context.entries(member.name, of: part)
                return .init(scheme: scheme, scopes: context.shown(scopes).compactMap(\.value.text).map { context.label($0) })
            })
    }

    private static func scheme(_ part: Part, named name: String, _ context: ReadingContext) -> APISecurityScheme? {
        guard let part = context.object(part), let kind = kind(of: part, context) else { return nil }
        return APISecurityScheme(name: context.label(name), kind: kind, description: context.markdown(of: part))
    }

    private static func kind(of part: Part, _ context: ReadingContext) -> APISecurityScheme.Kind? {
        switch context.requiredLabel("type", of: part, expecting: "the scheme's type") {
        case "apiKey": return apiKey(part, context)
        case "http":
            guard let scheme = context.requiredLabel("scheme", of: part, expecting: "a scheme of HTTP, such as bearer") else {
                return nil
            }
            return .http(scheme: scheme.lowercased(), bearerFormat: context.label("bearerFormat", of: part))
        case "oauth2": return .oauth2(flows(of: part, context))
        case "openIdConnect": return .openIDConnect(context.address("openIdConnectUrl", of: part))
        case "mutualTLS": return .mutualTLS
        case nil: return nil
        default:
            if let type = part["type"] {
                context.expected("one of apiKey, http, oauth2, openIdConnect, mutualTLS", at: type)
            }
            return nil
        }
    }

    private static func apiKey(_ part: Part, _ context: ReadingContext) -> APISecurityScheme.Kind? {
        guard let name = context.requiredLabel("name", of: part, expecting: "the name of the key's parameter") else { return nil }
        let location = context.raw("in", of: part).flatMap(APIParameter.Location.init)
        guard let location, location != .path else {
            context.problems.add("expected query, header or cookie as \"in\"", at: part["in"] ?? part)
            return nil
        }
        return .apiKey(name: name, location)
    }

    private static func flows(of part: Part, _ context: ReadingContext) -> [APIOAuthFlow] {
        guard let flows = context.object("flows", of: part) else { return [] }
        return APIOAuthFlow.Kind.allCases.compactMap { kind in
            guard let flow = context.object(kind.rawValue, of: flows) else { return nil }
            let scopes = context.shown(context.members("scopes", of: flow, without: Extension.isNone)).map { name, part in
                APIOAuthFlow.Scope(name: context.label(name), description: context.label(part.value.text ?? ""))
            }
            return APIOAuthFlow(
                kind: kind, authorizationURL: context.address("authorizationUrl", of: flow),
                tokenURL: context.address("tokenUrl", of: flow), refreshURL: context.address("refreshUrl", of: flow),
                scopes: scopes)
        }
    }
}

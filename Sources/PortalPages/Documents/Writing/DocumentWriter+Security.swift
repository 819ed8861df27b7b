import APIDocuments
import WebPages

extension DocumentWriter {
    /// The ways to show who calls, which operations name.
    func securitySchemes(into html: inout HTML) {
        guard !document.securitySchemes.isEmpty else { return }
        html.element("section") { section in
            heading(2, book["portal.document.security"], into: &section)
            section.element("ul", .class("rows")) { list in
                for scheme in document.securitySchemes { list.element("li") { write(scheme, into: &$0) } }
            }
        }
    }

    private func write(_ scheme: APISecurityScheme, into html: inout HTML) {
        html.element("p", .class("row")) { line in
            line.element("code", .class("name"), text: scheme.name)
            line.text(" ")
            line.element("span", text: words(for: scheme))
        }
        description(scheme.description, below: 2, into: &html)
        if case .openIDConnect(let address?) = scheme.kind {
            html.element("p") { link(address, address.description, into: &$0) }
        }
        guard case .oauth2(let flows) = scheme.kind else { return }
        for flow in flows { write(flow, into: &html) }
    }

    private func write(_ flow: APIOAuthFlow, into html: inout HTML) {
        html.element("p", .class("row")) { $0.element("code", text: flow.kind.rawValue) }
        for address in [flow.authorizationURL, flow.tokenURL, flow.refreshURL].compactMap(\.self) {
            html.element("p") { link(address, address.description, into: &$0) }
        }
        guard !flow.scopes.isEmpty else { return }
        html.element("ul", .class("plain")) { list in
            for scope in flow.scopes {
                list.element("li") { item in
                    item.element("code", text: scope.name)
                    item.text(" \(scope.description)")
                }
            }
        }
    }

    /// What one operation asks for.
    func security(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        guard !operation.security.isEmpty else { return }
        heading(level, book["portal.document.security"], into: &html)
        if operation.security.count > 1 { html.element("p", text: book["portal.document.oneOfThese"]) }
        html.element("ul", .class("plain")) { list in
            for alternative in operation.security { list.element("li") { write(alternative, into: &$0) } }
        }
    }

    private func write(_ alternative: APISecurityAlternative, into html: inout HTML) {
        guard !alternative.requirements.isEmpty else { return html.text(book["portal.document.nothingNeeded"]) }
        for (number, requirement) in alternative.requirements.enumerated() {
            if number > 0 { html.text(" + ") }
            html.element("code", text: requirement.scheme.name)
            html.text(" – \(words(for: requirement.scheme))")
            for scope in requirement.scopes {
                html.text(" ")
                html.element("code", text: scope)
            }
        }
    }

    private func words(for scheme: APISecurityScheme) -> String {
        switch scheme.kind {
        case .apiKey(let name, .query): book.text("portal.document.keyInQuery", ["name": name])
        case .apiKey(let name, .cookie): book.text("portal.document.keyInCookie", ["name": name])
        case .apiKey(let name, _): book.text("portal.document.keyInHeader", ["name": name])
        case .http("bearer", nil): book["portal.document.bearer"]
        case .http("bearer", let format?): "\(book["portal.document.bearer"]) (\(format))"
        case .http("basic", _): book["portal.document.basic"]
        case .http(let scheme, _): book.text("portal.document.otherScheme", ["scheme": scheme])
        case .oauth2: "OAuth 2.0"
        case .openIDConnect: "OpenID Connect"
        case .mutualTLS: book["portal.document.mutualTLS"]
        }
    }
}

import APIDocuments
import WebPages

extension DocumentWriter {
    /// Schemas beyond these are left to the pages that lead to them.
    private static let listedSchemas = 200

    /// What the document says of the whole API, below the API's own name and description.
    func overview() -> HTML {
        var html = HTML()
        if document.isAbridged { html.element("p", .class("more"), text: book["portal.document.abridged"]) }
        html.element("section") { section in
            heading(2, book["portal.document.overview"], into: &section)
            if let summary = document.summary { section.element("p", text: summary) }
            description(document.description, below: 2, into: &section)
            section.element("dl", .class("facts")) { facts(into: &$0) }
        }
        servers(into: &html)
        securitySchemes(into: &html)
        return html
    }

    private func facts(into html: inout HTML) {
        if document.title != api.name { fact(book["portal.document.title"], into: &html) { $0.text(document.title) } }
        if document.version != api.version { fact(book["portal.catalog.version"], into: &html) { $0.text(document.version) } }
        fact(book["portal.document.specification"], into: &html) { $0.text("OpenAPI \(document.specification)") }
        if let contact = document.contact {
            fact(book["portal.document.contact"], into: &html) { self.contact(contact, into: &$0) }
        }
        if let licence = document.licence {
            fact(book["portal.document.licence"], into: &html) { cell in
                let name = licence.identifier.map { "\(licence.name) (\($0))" } ?? licence.name
                if let url = licence.url { link(url, name, into: &cell) } else { cell.text(name) }
            }
        }
        if let terms = document.termsOfService {
            fact(book["portal.document.terms"], into: &html) { link(terms, terms.description, into: &$0) }
        }
        if let more = document.externalDocumentation {
            fact(book["portal.document.more"], into: &html) { externalDocumentation(more, below: 2, into: &$0) }
        }
    }

    /// The address stays text: nobody has checked that it is one.
    private func contact(_ contact: APIContact, into html: inout HTML) {
        let texts = [contact.name, contact.email].compactMap(\.self)
        html.text(texts.joined(separator: ", "))
        guard let url = contact.url else { return }
        if !texts.isEmpty { html.text(", ") }
        link(url, url.description, into: &html)
    }

    private func servers(into html: inout HTML) {
        guard !document.servers.isEmpty else { return }
        html.element("section") { section in
            heading(2, book["portal.document.servers"], into: &section)
            section.element("ul", .class("rows")) { list in
                for server in document.servers { list.element("li") { write(server, into: &$0) } }
            }
        }
    }

    private func write(_ server: APIServer, into html: inout HTML) {
        html.element("p", .class("row")) { $0.element("code", text: server.url) }
        description(server.description, below: 2, into: &html)
        for variable in server.variables {
            html.element("p", .class("hint")) { line in
                line.element("code", text: "{\(variable.name)}")
                line.text(" \(book["portal.document.default"]) ")
                line.element("code", text: variable.defaultValue)
                values(variable.values, omitted: 0, into: &line)
            }
            description(variable.description, below: 2, into: &html)
        }
    }

    /// The schemas of the document by name, each with a page of its own.
    func schemaList() -> HTML {
        var html = HTML()
        guard !document.schemas.isEmpty else { return html }
        html.element("section") { section in
            heading(2, book["portal.document.schemas"], into: &section)
            section.element("ul", .class("names")) { list in
                for schema in document.schemas.prefix(Self.listedSchemas) {
                    list.element("li") { $0.element("a", .href(paths.schema(schema.id)), text: schema.name) }
                }
            }
            let others = document.schemas.count - Self.listedSchemas
            if others > 0 {
                section.element("p", .class("hint"), text: book.text("portal.document.moreSchemas", count: others))
            }
        }
        return html
    }

    /// The page of one schema.
    func page(of schema: APINamedSchema) -> HTML {
        var html = HTML()
        heading(1, schema.name, into: &html)
        self.schema(schema.schema, below: 1, isPage: true, into: &html)
        return html
    }
}

import APIDocuments
import WebPages

extension DocumentWriter {
    func requestBody(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        guard let body = operation.requestBody else { return }
        heading(level, book["portal.document.requestBody"], into: &html)
        if body.isRequired {
            html.element("p", .class("row")) { tag(book["common.fields.required"], isStrong: true, into: &$0) }
        }
        description(body.description, below: level, into: &html)
        for content in body.contents { write(content, below: level, into: &html) }
    }

    func responses(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        guard !operation.responses.isEmpty else { return }
        heading(level, book["portal.document.responses"], into: &html)
        for response in operation.responses {
            html.element("section", .class("response")) { section in
                heading(level + 1, response.status, into: &section)
                description(response.description, below: level + 1, into: &section)
                headers(of: response, below: level + 1, into: &section)
                for content in response.contents { write(content, below: level + 1, into: &section) }
                links(of: response, below: level + 1, into: &section)
            }
        }
    }

    private func links(of response: APIResponse, below level: Int, into html: inout HTML) {
        guard !response.links.isEmpty else { return }
        html.element("p", .class("hint"), text: book["portal.document.links"])
        html.element("ul", .class("rows")) { list in
            for link in response.links { list.element("li") { write(link, below: level, into: &$0) } }
        }
    }

    private func write(_ link: APIResponseLink, below level: Int, into html: inout HTML) {
        html.element("p", .class("row")) { line in
            line.element("code", .class("name"), text: link.name)
            guard let operation = link.operation else { return }
            if let path = path(ofOperation: operation) {
                line.element("a", .href(path), text: operation)
            } else {
                line.element("code", text: operation)
            }
        }
        description(link.description, below: level, into: &html)
        guard !link.parameters.isEmpty else { return }
        html.element("p", .class("hint")) { line in
            for (number, parameter) in link.parameters.enumerated() {
                if number > 0 { line.text(" · ") }
                line.element("code", text: parameter)
            }
        }
    }

    private func headers(of response: APIResponse, below level: Int, into html: inout HTML) {
        guard !response.headers.isEmpty else { return }
        html.element("p", .class("hint"), text: book["portal.document.headers"])
        html.element("ul", .class("rows")) { list in
            for header in response.headers {
                list.element("li") { item in
                    item.element("p", .class("row")) { line in
                        line.element("code", .class("name"), text: header.name)
                        type(of: header.schema, into: &line)
                        marks(isRequired: header.isRequired, isDeprecated: header.isDeprecated, into: &line)
                    }
                    description(header.description, below: level, into: &item)
                    details(of: header.schema, example: nil, into: &item)
                }
            }
        }
    }

    private func write(_ content: APIContent, below level: Int, into html: inout HTML) {
        html.element("p", .class("row")) { $0.element("code", text: content.mediaType) }
        if let schema = content.schema { self.schema(schema, below: level, isPage: false, into: &html) }
        for example in content.examples { write(example, below: level, into: &html) }
    }

    private func write(_ example: APIExample, below level: Int, into html: inout HTML) {
        guard html.size < Self.fullPage else { return }
        html.element("details", .class("example")) { box in
            let label = book[example.isGenerated ? "portal.document.madeExample" : "portal.document.example"]
            let names = [example.name, example.summary].compactMap(\.self).filter { !$0.isEmpty }
            box.element("summary", text: ([label] + names).joined(separator: " · "))
            description(example.description, below: level, into: &box)
            if let address = example.externalURL {
                box.element("p") { link(address, address.description, into: &$0) }
            }
            if !example.text.isEmpty { box.element("pre") { $0.element("code", text: example.text) } }
            if example.isCut { box.element("p", .class("hint"), text: book["portal.document.cut"]) }
        }
    }
}

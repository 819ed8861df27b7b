import APIDocuments
import WebPages

extension DocumentWriter {
    /// What stands over a group in the list of operations.
    func heading(of group: OperationGroup) -> HTML {
        var html = HTML()
        if let title = group.title { heading(3, title, into: &html) }
        description(group.description, below: 3, into: &html)
        externalDocumentation(group.link, below: 3, into: &html)
        return html
    }

    /// One operation in the list.
    ///
    /// - Parameter isOnPage: whether the whole operation stands further down on the same page.
    func entry(_ operation: APIOperation, isOnPage: Bool) -> HTML {
        let target = isOnPage ? "#\(DocumentPaths.place(ofOperation: operation.id))" : paths.operation(operation.id)
        var html = HTML()
        html.element("li") { item in
            item.element("a", .href(target)) { link in
                call(of: operation, into: &link)
                if let summary = operation.summary { link.element("span", .class("summary"), text: summary) }
            }
            if operation.isDeprecated { tag(book["portal.document.deprecated"], into: &item) }
        }
        return html
    }

    /// Everything about one operation.
    ///
    /// - Parameter level: of its heading, 1 to 4.
    func operation(_ operation: APIOperation, headingLevel level: Int) -> HTML {
        var html = HTML()
        heading(level, operation.title, into: &html)
        html.element("p", .class("call")) { line in
            call(of: operation, into: &line)
            if operation.isDeprecated { tag(book["portal.document.deprecated"], into: &line) }
        }
        if let summary = operation.summary, summary != operation.title { html.element("p", text: summary) }
        description(operation.description, below: level, into: &html)
        externalDocumentation(operation.externalDocumentation, below: level, into: &html)
        if let curl = operation.curl {
            html.element("pre", .class("curl")) { $0.element("code", text: curl) }
        }
        security(of: operation, headingLevel: level + 1, into: &html)
        exchange(of: operation, headingLevel: level + 1, into: &html)
        callbacks(of: operation, headingLevel: level + 1, into: &html)
        return html
    }

    private func callbacks(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        guard !operation.callbacks.isEmpty else { return }
        heading(level, book["portal.document.callbacks"], into: &html)
        for callback in operation.callbacks {
            heading(level + 1, callback.name, into: &html)
            if callback.operations.isEmpty { html.element("p") { $0.element("code", text: callback.expression) } }
            for called in callback.operations { write(called, below: level + 1, into: &html) }
        }
    }

    /// What the API calls because of an operation.
    private func write(_ called: APIOperation, below level: Int, into html: inout HTML) {
        html.element("p", .class("call")) { call(of: called, into: &$0) }
        if let summary = called.summary { html.element("p", text: summary) }
        description(called.description, below: level, into: &html)
        exchange(of: called, headingLevel: level + 1, into: &html)
    }

    /// What is sent, and what may be answered.
    private func exchange(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        parameters(of: operation, headingLevel: level, into: &html)
        requestBody(of: operation, headingLevel: level, into: &html)
        responses(of: operation, headingLevel: level, into: &html)
    }

    private func call(of operation: APIOperation, into html: inout HTML) {
        html.element("span", .class("method \(operation.method.rawValue)"), text: operation.method.name)
        html.text(" ")
        html.element("code", text: operation.path)
        html.text(" ")
    }

    private func parameters(of operation: APIOperation, headingLevel level: Int, into html: inout HTML) {
        guard !operation.parameters.isEmpty else { return }
        heading(level, book["portal.document.parameters"], into: &html)
        html.element("ul", .class("rows")) { list in
            for parameter in operation.parameters {
                list.element("li") { write(parameter, below: level, into: &$0) }
            }
        }
    }

    private func write(_ parameter: APIParameter, below level: Int, into html: inout HTML) {
        html.element("p", .class("row")) { line in
            line.element("code", .class("name"), text: parameter.name)
            type(of: parameter.schema, into: &line)
            tag(word(for: parameter.location), into: &line)
            marks(isRequired: parameter.isRequired, isDeprecated: parameter.isDeprecated, into: &line)
        }
        description(parameter.description, below: level, into: &html)
        details(of: parameter.schema, example: parameter.example, into: &html)
        rows(of: parameter.schema, below: level, depth: 1, into: &html)
    }

    private func word(for location: APIParameter.Location) -> String {
        switch location {
        case .path: book["portal.document.inPath"]
        case .query: book["portal.document.inQuery"]
        case .header: book["portal.document.inHeader"]
        case .cookie: book["portal.document.inCookie"]
        }
    }
}

import APIDocuments
import WebPages

extension DocumentWriter {
    /// What is further inside than this is folded up at first.
    private static let unfoldedDepth = 2

    /// A schema and everything in it.
    ///
    /// - Parameter isPage: whether it is what the page is about, so that nothing leads to the page.
    func schema(_ schema: APISchema, below level: Int, isPage: Bool, into html: inout HTML) {
        html.element("p", .class("row")) { line in
            type(of: schema, isLinked: !isPage, into: &line)
            marks(isRequired: false, isDeprecated: schema.isDeprecated, into: &line)
        }
        description(schema.description, below: level, into: &html)
        details(of: schema, example: nil, into: &html)
        rows(of: schema, below: level, depth: 0, into: &html)
    }

    /// The type in words, and where it is described on a page of its own, a way there.
    func type(of schema: APISchema, isLinked: Bool = true, into html: inout HTML) {
        html.element("span", .class("type")) { words in
            if let component = schema.component {
                if isLinked, let path = path(ofSchema: component) {
                    words.element("a", .href(path), text: component)
                } else {
                    words.text(component)
                }
                words.text(": ")
            }
            words.text(schema.format.map { "\(schema.type) (\($0))" } ?? schema.type)
        }
    }

    func marks(isRequired: Bool, isDeprecated: Bool, into html: inout HTML) {
        if isRequired { tag(book["common.fields.required"], isStrong: true, into: &html) }
        if isDeprecated { tag(book["portal.document.deprecated"], into: &html) }
    }

    /// What is asked of a value: bounds, values, a default, an example.
    func details(of schema: APISchema, example: String?, into html: inout HTML) {
        var line = HTML()
        let directions = [
            schema.isReadOnly ? book["portal.document.readOnly"] : nil,
            schema.isWriteOnly ? book["portal.document.writeOnly"] : nil,
        ].compactMap(\.self)
        line.text((directions + schema.constraints.map(words)).joined(separator: " · "))
        value(schema.constant, book["portal.document.always"], into: &line)
        value(schema.defaultValue, book["portal.document.default"], into: &line)
        values(schema.values, omitted: schema.omittedValues, into: &line)
        value(telling(example ?? schema.example, in: schema), book["portal.document.example"], into: &line)
        guard !line.isEmpty else { return }
        html.element("p", .class("hint")) { $0.append(line) }
    }

    /// An example that says more than the default and the list of values do.
    private func telling(_ example: String?, in schema: APISchema) -> String? {
        guard let example, example != schema.defaultValue, !schema.values.contains(example) else { return nil }
        return example
    }

    private func value(_ value: String?, _ label: String, into html: inout HTML) {
        guard let value else { return }
        if !html.isEmpty { html.text(" · ") }
        html.text("\(label) ")
        html.element("code", text: value)
    }

    func values(_ values: [String], omitted: Int, into html: inout HTML) {
        guard !values.isEmpty else { return }
        if !html.isEmpty { html.text(" · ") }
        html.text(book["portal.document.oneOf"])
        for value in values {
            html.text(" ")
            html.element("code", text: value)
        }
        if omitted > 0 { html.text(" \(book.text("portal.document.moreValues", count: omitted))") }
    }

    /// What is inside of a schema, as a list in a list; what stands deep is folded up.
    func rows(of schema: APISchema, below level: Int, depth: Int, into html: inout HTML) {
        continuation(of: schema, into: &html)
        guard !schema.rows.isEmpty else { return }
        guard html.size < Self.fullPage else { return html.element("p", .class("hint"), text: book["portal.document.tooLong"]) }
        guard depth >= Self.unfoldedDepth else { return list(of: schema, below: level, depth: depth, into: &html) }
        html.element("details") { box in
            box.element("summary", text: book.text("portal.document.parts", count: schema.rows.count))
            list(of: schema, below: level, depth: depth, into: &box)
        }
    }

    private func list(of schema: APISchema, below level: Int, depth: Int, into html: inout HTML) {
        html.element("ul", .class("rows")) { list in
            for row in schema.rows { list.element("li") { write(row, below: level, depth: depth, into: &$0) } }
        }
        if schema.omittedRows > 0 {
            html.element("p", .class("hint"), text: book.text("portal.document.moreParts", count: schema.omittedRows))
        }
    }

    private func write(_ row: APISchemaRow, below level: Int, depth: Int, into html: inout HTML) {
        html.element("p", .class("row")) { line in
            name(of: row, into: &line)
            type(of: row.schema, into: &line)
            marks(isRequired: row.isRequired, isDeprecated: row.schema.isDeprecated, into: &line)
        }
        description(row.schema.description, below: level, into: &html)
        details(of: row.schema, example: nil, into: &html)
        rows(of: row.schema, below: level, depth: depth + 1, into: &html)
    }

    private func name(of row: APISchemaRow, into html: inout HTML) {
        switch row.role {
        case .property: html.element("code", .class("name"), text: row.name)
        case .patternProperty:
            html.element("span", text: book["portal.document.propertiesLike"])
            html.element("code", .class("name"), text: row.name)
        case .additionalProperties: html.element("span", text: book["portal.document.otherProperties"])
        case .items where row.name.isEmpty: html.element("span", text: book["portal.document.eachItem"])
        case .items: html.element("span", text: book.text("portal.document.itemNumber", ["number": row.name]))
        case .otherItems: html.element("span", text: book["portal.document.otherItems"])
        case .oneOf: html.element("span", text: book["portal.document.eitherThis"])
        case .anyOf: html.element("span", text: book["portal.document.anyOf"])
        case .not: html.element("span", text: book["portal.document.notThis"])
        case .propertyNames: html.element("span", text: book["portal.document.propertyNames"])
        case .contains: html.element("span", text: book["portal.document.containsThis"])
        case .content: html.element("span", text: book["portal.document.content"])
        case .condition: html.element("span", text: book["portal.document.condition"])
        case .consequence: html.element("span", text: book["portal.document.consequence"])
        case .otherwise: html.element("span", text: book["portal.document.otherwise"])
        case .dependent:
            html.element("span", text: book["portal.document.dependent"])
            html.element("code", .class("name"), text: row.name)
        }
    }

    /// Says that a component stands inside of itself, or goes on elsewhere.
    private func continuation(of schema: APISchema, into html: inout HTML) {
        guard let continuation = schema.continuation else { return }
        html.element("p", .class("hint")) { line in
            switch continuation {
            case .recursion: line.text(book["portal.document.recursion"])
            case .limit: line.text(book["portal.document.goesOn"])
            }
            guard let component = continuation.component, let path = path(ofSchema: component) else { return }
            line.text(" ")
            line.element("a", .href(path), text: component)
        }
    }
}

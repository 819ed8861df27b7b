/// A call of an operation as a command line of `curl`.
///
/// What comes from the document stands between single quotes, after an option that takes it as it is: never `--data`, `--form` or
/// a name of the document's where an `@` would make curl read a file.
struct CurlCall {
    let method: HTTPMethod
    let path: String
    let server: APIServer?
    let parameters: [APIParameter]
    let body: APIRequestBody?
    let security: APISecurityAlternative?

    /// One line for each option; nil where it would be longer: a line that is cut is a line that does something else.
    func text(bytes limit: Int) -> String? {
        let text = text
        return text.utf8.count <= limit ? text : nil
    }

    private var text: String {
        let credentials = CurlCredentials(security)
        let address = address(credentials)
        var words: [String] = []
        if address.contains(where: { "{}[]".contains($0) }) { words.append("--globoff") }
        words += request
        words.append(ShellWord.quoted(address) + credentials.queryEnd)
        words += headers + credentials.options + cookies
        if let content { words += options(for: content) }
        return "curl " + words.joined(separator: " \\\n  ")
    }

    private var request: [String] {
        switch method {
        case .get where content == nil: []
        case .head: ["--head"]
        default: ["--request \(method.name)"]
        }
    }

    // MARK: Address

    private func address(_ credentials: CurlCredentials) -> String {
        var address = base + PercentEncoding.address(filledPath)
        let required = parameters.filter { $0.location == .query && $0.isRequired }
        var pairs = required.flatMap(\.stands).map { pair in
            "\(PercentEncoding.component(pair.name))=\(PercentEncoding.component(pair.value))"
        }
        if let key = credentials.queryKey { pairs.append(key) }
        if !pairs.isEmpty { address += (address.contains("?") ? "&" : "?") + pairs.joined(separator: "&") }
        return address
    }

    /// A server that is relative, or none for calls over HTTP, leaves the host to the caller.
    private var base: String {
        guard let server else { return "https://{host}" }
        var base = server.address?.description ?? ""
        if base.isEmpty {
            let isRelative = server.url.hasPrefix("/") && !server.url.hasPrefix("//")
            base = "https://{host}" + (isRelative ? server.url : "")
        }
        base = PercentEncoding.address(String(base.prefix { $0 != "?" && $0 != "#" }))
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    private var filledPath: String {
        var path = ""
        var rest = self.path[...]
        let examples = Dictionary(
            parameters.filter { $0.location == .path }.map { ($0.name, $0.pairs.first?.value) },
            uniquingKeysWith: { first, _ in first })
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            let value = examples[name]?.map { PercentEncoding.component($0) } ?? "{\(name)}"
            path += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return path + rest
    }

    // MARK: Header fields

    /// Of which OpenAPI says that a parameter does not describe them.
    private static let described: Set<String> = ["accept", "authorization", "content-type"]

    private var headers: [String] {
        parameters.filter { $0.location == .header && $0.isRequired && HTTPToken.isToken($0.name) }
            .filter { !Self.described.contains($0.name.lowercased()) }
            .map { "--header \(ShellWord.quoted("\($0.name): \($0.stand)"))" }
    }

    private var cookies: [String] {
        parameters.filter { $0.location == .cookie && $0.isRequired && HTTPToken.isToken($0.name) }
            .map { "--cookie \(ShellWord.quoted("\($0.name)=\($0.stand)"))" }
    }

    // MARK: Body

    /// JSON before a form, a form before anything else.
    private var content: APIContent? {
        let contents = body?.contents ?? []
        return contents.first { MediaType.isJSON($0.mediaType) } ?? contents.first { MediaType.isForm($0.mediaType) }
            ?? contents.first { MediaType.isMultipart($0.mediaType) } ?? contents.first
    }

    private func options(for content: APIContent) -> [String] {
        if MediaType.isForm(content.mediaType) {
            return fields(of: content).map { "--data-urlencode \(ShellWord.quoted("\($0.name)=\($0.value)"))" }
        }
        if MediaType.isMultipart(content.mediaType) {
            return fields(of: content).map { field in
                let option = field.isFile ? "--form" : "--form-string"
                return "\(option) \(ShellWord.quoted("\(field.name)=\(field.isFile ? "@file" : field.value)"))"
            }
        }
        let type = content.mediaType.contains("*") ? "application/json" : content.mediaType
        let header = "--header \(ShellWord.quoted("Content-Type: \(type)"))"
        guard let example = content.examples.first, !example.isCut, !example.text.isEmpty else {
            return [header, "--data-binary @file"]
        }
        return [header, "--data-raw \(ShellWord.quoted(example.text))"]
    }

    private struct Field {
        let name: String
        let value: String
        let isFile: Bool
    }

    private func fields(of content: APIContent) -> [Field] {
        (content.schema?.rows ?? []).filter { $0.role == .property && HTTPToken.isFieldName($0.name) && !$0.schema.isReadOnly }
            .map { row in
                Field(name: row.name, value: row.schema.given ?? row.schema.type, isFile: row.schema.isFile)
            }
    }
}

extension APISchema {
    /// What the document shows for it.
    fileprivate var given: String? { example ?? constant ?? defaultValue ?? values.first }

    /// Whether a field of a form holds a file, or several: by its format in OpenAPI 3.0, by what it contains in 3.1.
    fileprivate var isFile: Bool {
        if let items = rows.first(where: { $0.role == .items && $0.name.isEmpty }) { return items.schema.isFile }
        return format == "binary"
            || constraints.contains { constraint in
                guard case .mediaType(let type) = constraint else { return false }
                return !MediaType.isJSON(type) && !constraints.contains { if case .encoding = $0 { true } else { false } }
            }
    }
}

extension APIParameter {
    /// What stands in a call: what the document shows, otherwise the name in braces.
    fileprivate var stands: [Pair] { pairs.isEmpty ? [Pair(name: name, value: "{\(name)}")] : pairs }

    fileprivate var stand: String { pairs.first?.value ?? "{\(name)}" }
}

/// Reads servers, and puts the defaults of their variables in.
struct ServerReading {
    let context: ReadingContext

    /// Those of the document, a path item or an operation; none where it has none.
    func servers(of part: Part) -> [APIServer] {
        context.shown(context.entries("servers", of: part)).compactMap(server)
    }

    private func server(_ part: Part) -> APIServer? {
        guard let part = context.object(part) else { return nil }
        guard let url = context.requiredLabel("url", of: part, expecting: "the server's URL") else { return nil }
        let variables = context.shown(context.members("variables", of: part)).compactMap(variable)
        return APIServer(url: substituted(url, variables), description: context.markdown(of: part), variables: variables)
    }

    private func variable(name: String, part: Part) -> APIServerVariable? {
        guard let part = context.object(part) else { return nil }
        let value = context.requiredLabel("default", of: part, expecting: "the variable's value where the caller chooses none")
        return APIServerVariable(
            name: context.label(name), defaultValue: value ?? "",
            values: context.shown(context.entries("enum", of: part)).compactMap(\.value.text).map { context.label($0) },
            description: context.markdown(of: part))
    }

    /// One walk over the URL, so that a value with braces in it is not looked at again.
    private func substituted(_ url: String, _ variables: [APIServerVariable]) -> String {
        var result = ""
        var rest = url[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            let value = variables.first { $0.name == name }?.defaultValue
            result += rest[..<open] + (value ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return PlainText.line(result + rest, bytes: WebAddress.longest)
    }
}

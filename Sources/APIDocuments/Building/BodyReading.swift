/// Reads what requests and responses carry.
struct BodyReading {
    let context: ReadingContext

    func requestBody(of operation: Part) -> APIRequestBody? {
        guard let body = context.object("requestBody", of: operation) else { return nil }
        return APIRequestBody(
            description: context.markdown(of: body), isRequired: context.flag("required", of: body),
            contents: contents(of: body, for: .request))
    }

    func responses(of operation: Part) -> [APIResponse] {
        let responses = context.members("responses", of: operation, without: Extension.isNamed).compactMap {
            status, part -> APIResponse? in
            guard isStatus(status) else {
                context.problems.add("expected a status such as 200 or 4XX, or default, found \(Quotation.of(status))", at: part)
                return nil
            }
            guard let response = context.object(part) else { return nil }
            return APIResponse(
                status: status == "default" ? status : status.uppercased(), description: context.markdown(of: response),
                headers: headers(of: response), contents: contents(of: response, for: .response), links: links(of: response))
        }
        // Codes come before ranges, and both before the default: digits before letters, capitals before small ones.
        return Array(context.shown(responses.sorted { $0.status < $1.status }))
    }

    private func isStatus(_ status: String) -> Bool {
        if status == "default" { return true }
        let bytes = Array(status.uppercased().utf8)
        guard bytes.count == 3, (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[0]) else { return false }
        let isCode = bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isCode || bytes.dropFirst().allSatisfy { $0 == UInt8(ascii: "X") }
    }

    private func headers(of response: Part) -> [APIHeader] {
        context.shown(context.members("headers", of: response)).compactMap { name, part in
            guard let header = context.object(part) else { return nil }
            return APIHeader(
                name: context.label(name), isRequired: context.flag("required", of: header),
                isDeprecated: context.flag("deprecated", of: header), description: context.markdown(of: header),
                schema: SchemaReading(context: context).schema(ParameterReading(context: context).schema(of: header)))
        }
    }

    private func links(of response: Part) -> [APIResponseLink] {
        context.shown(context.members("links", of: response)).compactMap { name, part in
            guard let link = context.object(part) else { return nil }
            let parameters = context.shown(context.members("parameters", of: link, without: Extension.isNone)).map { name, part in
                context.label("\(name): \(JSONText.line(part.value, bytes: context.limits.labelBytes))")
            }
            return APIResponseLink(
                name: context.label(name), description: context.markdown(of: link),
                operation: context.label("operationId", of: link) ?? context.label("operationRef", of: link),
                parameters: parameters)
        }
    }

    private func contents(of part: Part, for direction: ExampleGeneration.Direction) -> [APIContent] {
        context.shown(context.members("content", of: part)).compactMap { mediaType, part in
            guard let content = context.object(part) else { return nil }
            let schema = content["schema"]
            return APIContent(
                mediaType: context.label(mediaType), schema: schema.map { SchemaReading(context: context).schema($0) },
                examples: ExampleReading(context: context, mediaType: mediaType).examples(of: content, schema, for: direction))
        }
    }
}

/// What a media type says of how a body is written.
enum MediaType {
    static func isJSON(_ name: String) -> Bool {
        let essence = essence(name)
        return essence == "*/*" || essence.hasSuffix("/json") || essence.hasSuffix("+json") || essence == "application/*"
    }

    static func isForm(_ name: String) -> Bool { essence(name) == "application/x-www-form-urlencoded" }

    static func isMultipart(_ name: String) -> Bool { essence(name) == "multipart/form-data" }

    /// Without parameters, in lower case.
    private static func essence(_ name: String) -> String {
        name.prefix { $0 != ";" && $0 != " " }.lowercased()
    }
}

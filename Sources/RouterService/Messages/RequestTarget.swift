import Geography

/// The request target in the form in which nodes get it.
enum RequestTarget {
    /// Takes a path as it is and the path out of an absolute address (RFC 9112, section 3.2).
    ///
    /// - Throws: when the target is of another form, has a fragment or a byte outside of visible ASCII, or names another
    ///   host than the `Host` field.
    static func originForm(of target: String, host: String) throws(MalformedRequest) -> String {
        let bytes = target.utf8
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else { throw .targetInvalid }
        if bytes.first == UInt8(ascii: "/") { return target }
        return try pathOfAbsoluteForm(target, host: host)
    }

    private static func pathOfAbsoluteForm(_ target: String, host: String) throws(MalformedRequest) -> String {
        guard let scheme = ["http://", "https://"].first(where: { target.prefix($0.count).lowercased() == $0 }) else {
            throw .targetInvalid
        }
        let rest = target.dropFirst(scheme.count)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = String(rest[..<end])
        guard let named = try? Hostname(authority: authority) else { throw .targetInvalid }
        guard let asked = try? Hostname(authority: host), named == asked else { throw .targetDisagreesWithHost }
        let path = rest[end...]
        return path.first == "/" ? String(path) : "/\(path)"
    }
}

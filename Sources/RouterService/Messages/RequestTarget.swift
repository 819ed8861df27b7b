import Geography

/// Where the path and the query stand in a request's head.
struct RequestTarget {
    let range: Range<Int>
    /// Whether the path is empty, as in `http://example.com?query`; nodes get a slash then.
    let lacksSlash: Bool
}

extension HeadScanner {
    /// Takes a path as it is, and the path out of an absolute address (RFC 9112, section 3.2).
    ///
    /// - Throws: when the target is of another form, has a fragment or a byte outside of visible ASCII, or names another
    ///   host than the `Host` field.
    func target(_ range: Range<Int>, host: String) throws(MalformedRequest) -> RequestTarget {
        for index in range {
            guard bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != UInt8(ascii: "#") else { throw .targetInvalid }
        }
        if bytes[range.lowerBound] == UInt8(ascii: "/") { return RequestTarget(range: range, lacksSlash: false) }
        return try absoluteTarget(range, host: host)
    }

    private func absoluteTarget(_ range: Range<Int>, host: String) throws(MalformedRequest) -> RequestTarget {
        let target = text(range)
        guard let scheme = ["http://", "https://"].first(where: { target.prefix($0.utf8.count).lowercased() == $0 }) else {
            throw .targetInvalid
        }
        let start = range.lowerBound + scheme.utf8.count
        let end = (start..<range.upperBound).first { bytes[$0] == UInt8(ascii: "/") || bytes[$0] == UInt8(ascii: "?") }
        let path = (end ?? range.upperBound)..<range.upperBound
        guard let named = try? Hostname(authority: text(start..<path.lowerBound)) else { throw .targetInvalid }
        guard let asked = try? Hostname(authority: host), named == asked else { throw .targetDisagreesWithHost }
        return RequestTarget(range: path, lacksSlash: path.isEmpty || bytes[path.lowerBound] != UInt8(ascii: "/"))
    }
}

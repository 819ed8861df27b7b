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
    /// A path has the characters of RFC 3986, and each percent sign two digits. A query may also have what browsers leave bare
    /// there (WHATWG URL, query percent-encode set).
    ///
    /// - Throws: when the target is of another form, has a fragment or another byte, or names another host than the `Host` field.
    func target(_ range: Range<Int>, host: String) throws(MalformedRequest) -> RequestTarget {
        guard bytes[range.lowerBound] == UInt8(ascii: "/") else { return try absoluteTarget(range, host: host) }
        guard isPathAndQuery(range) else { throw .targetInvalid }
        return RequestTarget(range: range, lacksSlash: false)
    }

    private func isPathAndQuery(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound, bytes[index] != UInt8(ascii: "?") {
            guard Self.isPathByte(bytes[index]) else { return false }
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < range.upperBound, Self.isHexadecimal(bytes[index + 1]), Self.isHexadecimal(bytes[index + 2])
                else { return false }
            }
            index += 1
        }
        while index < range.upperBound {
            guard Self.isQueryByte(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte >= UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }

    private static func isQueryByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"): false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"),
            UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: isQueryByte(byte)
        }
    }

    private func absoluteTarget(_ range: Range<Int>, host: String) throws(MalformedRequest) -> RequestTarget {
        let target = text(range)
        guard let scheme = ["http://", "https://"].first(where: { target.prefix($0.utf8.count).lowercased() == $0 }) else {
            throw .targetInvalid
        }
        let start = range.lowerBound + scheme.utf8.count
        let end = (start..<range.upperBound).first { bytes[$0] == UInt8(ascii: "/") || bytes[$0] == UInt8(ascii: "?") }
        let path = (end ?? range.upperBound)..<range.upperBound
        guard isPathAndQuery(path) else { throw .targetInvalid }
        guard let named = try? Hostname(authority: text(start..<path.lowerBound)) else { throw .targetInvalid }
        guard let asked = try? Hostname(authority: host), named == asked else { throw .targetDisagreesWithHost }
        return RequestTarget(range: path, lacksSlash: path.isEmpty || bytes[path.lowerBound] != UInt8(ascii: "/"))
    }
}

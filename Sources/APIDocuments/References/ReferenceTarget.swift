/// Where a `$ref` points.
enum ReferenceTarget {
    /// A JSON pointer into the document at hand.
    case here([String])
    /// Another document: nothing is ever fetched.
    case elsewhere
    /// The name that a schema gives itself (JSON Schema 2020-12, section 8.2.2).
    case anchor(String)
    /// A pointer that RFC 6901 does not have.
    case unreadable

    init(_ reference: String) {
        guard reference.utf8.first == UInt8(ascii: "#") else {
            self = .elsewhere
            return
        }
        guard let fragment = String(reference.dropFirst()).percentDecoded else {
            self = .unreadable
            return
        }
        guard !fragment.isEmpty else {
            self = .here([])
            return
        }
        guard fragment.utf8.first == UInt8(ascii: "/") else {
            self = .anchor(fragment)
            return
        }
        let tokens = fragment.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Self.unescaped(String(Substring($0))) }
        guard tokens.allSatisfy({ $0 != nil }) else {
            self = .unreadable
            return
        }
        self = .here(tokens.dropFirst().compactMap(\.self))
    }

    /// Nil for a tilde that neither 0 nor 1 follows.
    private static func unescaped(_ token: String) -> String? {
        guard token.utf8.contains(UInt8(ascii: "~")) else { return token }
        var unescaped = ""
        var isAfterTilde = false
        for scalar in token.unicodeScalars {
            switch (isAfterTilde, scalar) {
            case (true, "0"): unescaped += "~"
            case (true, "1"): unescaped += "/"
            case (true, _): return nil
            case (false, "~"): break
            default: unescaped.unicodeScalars.append(scalar)
            }
            isAfterTilde = !isAfterTilde && scalar == "~"
        }
        return isAfterTilde ? nil : unescaped
    }
}

extension String {
    /// Nil where a percent sign is not followed by two hexadecimal digits, or where UTF-8 does not come out.
    fileprivate var percentDecoded: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var decoded: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: decoded, as: UTF8.self)
    }
}

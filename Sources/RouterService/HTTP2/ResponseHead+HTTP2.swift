import NIOCore
import NIOHPACK

extension ResponseHead {
    /// The fields of this answer as an HTTP/2 client gets them: names in lower case, nothing about the connection.
    ///
    /// - Parameter passes: which of the fields go to the client.
    func http2Fields(where passes: (HeadField) -> Bool = { _ in true }) -> HPACKHeaders {
        var headers = HPACKHeaders()
        headers.reserveCapacity(fields.count + 3)
        headers.add(name: ":status", value: String(status))
        bytes.withUnsafeReadableBytes { bytes in
            let scanner = HeadScanner(bytes: bytes)
            for field in fields {
                guard let indexing = Self.indexing(of: field.kind), passes(field) else { continue }
                headers.add(name: scanner.lowercased(field.name), value: scanner.text(field.value), indexing: indexing)
            }
        }
        return headers
    }

    /// What differs in each answer would only push other fields out of the table; a secret must never be in it (RFC 7541,
    /// section 7.1.3).
    private static func indexing(of kind: FieldKind) -> HPACKIndexing? {
        switch kind {
        case .connection, .transferEncoding, .hopByHop: nil
        case .setCookie: .neverIndexed
        case .contentLength, .requestID: .nonIndexable
        default: .indexable
        }
    }
}

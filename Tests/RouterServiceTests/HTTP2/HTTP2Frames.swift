/// A frame of HTTP/2 as its bytes (RFC 9113, section 4.1), right or wrong.
struct HTTP2Frames {
    enum Kind: UInt8 {
        case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
    }

    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    static let endStream: UInt8 = 0x1
    static let endHeaders: UInt8 = 0x4
    static let ack: UInt8 = 0x1

    static func frame(_ kind: UInt8, flags: UInt8 = 0, stream: Int = 0, _ payload: [UInt8] = []) -> [UInt8] {
        number(payload.count, bytes: 3) + [kind, flags] + number(stream, bytes: 4) + payload
    }

    static func frame(_ kind: Kind, flags: UInt8 = 0, stream: Int = 0, _ payload: [UInt8] = []) -> [UInt8] {
        frame(kind.rawValue, flags: flags, stream: stream, payload)
    }

    static func settings(_ values: [(id: Int, value: Int)] = []) -> [UInt8] {
        frame(.settings, values.flatMap { number($0.id, bytes: 2) + number($0.value, bytes: 4) })
    }

    static func headers(_ stream: Int, _ fields: [(String, String)], ends: Bool = true) -> [UInt8] {
        frame(.headers, flags: endHeaders | (ends ? endStream : 0), stream: stream, block(fields))
    }

    static func data(_ stream: Int, _ text: String, ends: Bool = false) -> [UInt8] {
        frame(.data, flags: ends ? endStream : 0, stream: stream, Array(text.utf8))
    }

    static func reset(_ stream: Int, code: Int = 8) -> [UInt8] { frame(.reset, stream: stream, number(code, bytes: 4)) }

    static func windowUpdate(_ stream: Int, _ increment: Int) -> [UInt8] {
        frame(.windowUpdate, stream: stream, number(increment, bytes: 4))
    }

    static func ping() -> [UInt8] { frame(.ping, [UInt8](repeating: 7, count: 8)) }

    /// Fields in HPACK (RFC 7541), each as a literal that is not indexed: what a client may write, right or wrong.
    static func block(_ fields: [(String, String)]) -> [UInt8] {
        fields.flatMap { name, value in [0] + literal(Array(name.utf8)) + literal(Array(value.utf8)) }
    }

    static func literal(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
        var rest = bytes.count - 127
        var length: [UInt8] = [127]
        while rest >= 128 {
            length.append(UInt8(rest % 128) | 0x80)
            rest /= 128
        }
        return length + [UInt8(rest)] + bytes
    }

    static func number(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func request(
        _ method: String = "GET", _ path: String = "/", host: String = "acme.eu.portal.example.com",
        _ fields: [(String, String)] = []
    ) -> [(String, String)] {
        [(":method", method), (":scheme", "http"), (":authority", host), (":path", path)] + fields
    }
}

extension HTTP2Frames {
    static func request(_ method: String, _ fields: [(String, String)]) -> [(String, String)] { request(method, "/", fields) }

    static func request(_ method: String, _ path: String, _ fields: [(String, String)]) -> [(String, String)] {
        request(method, path, host: "acme.eu.portal.example.com", fields)
    }
}

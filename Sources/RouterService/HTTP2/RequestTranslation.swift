import NIOCore
import NIOHPACK

/// Writes the fields of an HTTP/2 request as the head of an HTTP/1.1 request, for the border's own parser.
///
/// What would have another meaning there, or none, is refused: each name is a token in lower case, no value holds a byte that could
/// end a line, nothing is about a connection, and every pseudo-field stands once, before the others (RFC 9113, sections 8.2 and 8.3).
struct RequestTranslation {
    private(set) var isHead = false
    /// What `content-length` promises.
    private(set) var length: Int?

    private let scheme: String
    private let endsStream: Bool
    private var method: String?
    private var claimedScheme: String?
    private var authority: String?
    private var path: String?
    private var host: String?
    private var cookies: [String] = []
    private var isLineWritten = false

    /// - Parameters:
    ///   - scheme: the connection's.
    ///   - endsStream: whether the request has no body.
    init(scheme: String, endsStream: Bool) {
        self.scheme = scheme
        self.endsStream = endsStream
    }

    /// The head with its closing empty line.
    mutating func head(of fields: HPACKHeaders) throws(MalformedStream) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(512)
        try write(fields, to: &buffer)
        return buffer
    }

    private mutating func write(_ fields: HPACKHeaders, to buffer: inout ByteBuffer) throws(MalformedStream) {
        for (name, value, _) in fields {
            guard Self.isText(value) else { throw .fieldValue }
            if name.utf8.first == UInt8(ascii: ":") {
                try notePseudo(name, value)
            } else {
                if !isLineWritten { try writeLine(to: &buffer) }
                try writeField(name, value, to: &buffer)
            }
        }
        if !isLineWritten { try writeLine(to: &buffer) }
        try writeEnd(to: &buffer)
    }

    /// Trailers are checked, and go no further: nothing here needs one.
    static func checkTrailers(_ fields: HPACKHeaders) throws(MalformedStream) {
        for (name, value, _) in fields {
            guard isName(name), !isAboutConnection(name), isText(value) else { throw .trailers }
        }
    }

    // MARK: Parts

    private mutating func notePseudo(_ name: String, _ value: String) throws(MalformedStream) {
        guard !isLineWritten else { throw .pseudoField }
        switch name {
        case ":method": try Self.set(&method, value)
        case ":scheme": try Self.set(&claimedScheme, value)
        case ":authority": try Self.set(&authority, value)
        case ":path": try Self.set(&path, value)
        default: throw .pseudoField
        }
    }

    private static func set(_ field: inout String?, _ value: String) throws(MalformedStream) {
        guard field == nil else { throw .pseudoField }
        field = value
    }

    private mutating func writeLine(to buffer: inout ByteBuffer) throws(MalformedStream) {
        guard let method, let claimedScheme, let authority, let path else { throw .pseudoField }
        // CONNECT has neither scheme nor path (RFC 9113, section 8.5), and nobody to connect to here.
        guard HeadScanner.isToken(method), method != "CONNECT" else { throw .method }
        guard claimedScheme == scheme else { throw .schemeDisagreesWithConnection }
        // The asterisk is a target (of OPTIONS) that the parser answers.
        guard Self.isPath(path) || path == "*" else { throw .path }
        isHead = method == "HEAD"
        isLineWritten = true
        buffer.writeString(method)
        buffer.writeStaticString(" ")
        buffer.writeString(path)
        buffer.writeStaticString(" HTTP/1.1\r\nhost: ")
        buffer.writeString(authority)
        buffer.writeStaticString("\r\n")
    }

    private mutating func writeField(_ name: String, _ value: String, to buffer: inout ByteBuffer) throws(MalformedStream) {
        guard Self.isName(name) else { throw .fieldName }
        guard !Self.isAboutConnection(name) else { throw .connectionField }
        switch name {
        case "host":
            guard host == nil, let authority, Self.isSame(value, authority) else { throw .hostDisagreesWithAuthority }
            host = value
        case "te": guard value == "trailers" else { throw .connectionField }
        case "cookie": cookies.append(value)
        case "content-length": try noteLength(value)
        default:
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            buffer.writeString(value)
            buffer.writeStaticString("\r\n")
        }
    }

    private mutating func noteLength(_ value: String) throws(MalformedStream) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard length == nil, (1...18).contains(value.utf8.count), value.utf8.allSatisfy({ digits.contains($0) }),
            let number = Int(value), number == 0 || !endsStream
        else { throw .length }
        length = number
    }

    private func writeEnd(to buffer: inout ByteBuffer) throws(MalformedStream) {
        if !cookies.isEmpty {
            // HTTP/2 clients send a cookie field in crumbs (RFC 9113, section 8.2.3).
            buffer.writeStaticString("cookie: ")
            buffer.writeString(cookies.count == 1 ? cookies[0] : cookies.joined(separator: "; "))
            buffer.writeStaticString("\r\n")
        }
        if let length {
            buffer.writeStaticString("content-length: ")
            buffer.writeString(String(length))
            buffer.writeStaticString("\r\n")
        } else if !endsStream {
            buffer.writeStaticString("transfer-encoding: chunked\r\n")
        }
        buffer.writeStaticString("\r\n")
    }

    // MARK: Grammar

    private static func isName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            !bytes.isEmpty
                && bytes.allSatisfy { byte in
                    HeadScanner.isTokenByte(byte) && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                }
        }
    }

    private static func isAboutConnection(_ name: String) -> Bool {
        switch name {
        case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade": true
        default: false
        }
    }

    /// Whether a value has no control byte, no blank at its ends, and was UTF-8: what was not, the library has replaced already.
    private static func isText(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last else { return true }
            return !HeadScanner.isBlank(first) && !HeadScanner.isBlank(last)
                && HeadScanner(bytes: UnsafeRawBufferPointer(bytes)).isText(0..<bytes.count) && !holdsReplacement(bytes)
        }
    }

    /// Whether there is a U+FFFD (EF BF BD).
    private static func holdsReplacement(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 3, bytes.contains(0xEF) else { return false }
        return (2..<bytes.count).contains { bytes[$0] == 0xBD && bytes[$0 - 1] == 0xBF && bytes[$0 - 2] == 0xEF }
    }

    private static func isPath(_ path: String) -> Bool {
        var path = path
        return path.withUTF8 { bytes in bytes.first == UInt8(ascii: "/") && bytes.allSatisfy { $0 > 0x20 } }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

import NIOCore

/// Reads the head of a request strictly: what a proxy would have to guess about is refused (RFC 9112, sections 2.2, 3, 5 and 6).
struct RequestParser {
    /// A head of many tiny fields, or of many names in `Connection`, would cost more than its bytes tell.
    private static let maximumFields = 200
    private static let maximumConnectionNames = 16

    private let scanner: HeadScanner
    private let bytes: UnsafeRawBufferPointer

    private var fields: [HeadField] = []
    private var host: String?
    private var contentLength: Int?
    private var transferEncodings: [String] = []
    private var expectations: [String] = []
    private var connectionNames: [String] = []
    private var closes = false
    private var mayHoldCredentials = false

    private struct RequestLine {
        let method: Range<Int>
        let target: Range<Int>
        let isHTTP10: Bool
    }

    /// - Parameters:
    ///   - buffer: the head with its closing empty line.
    ///   - targetLimit: the most bytes that a target may have.
    static func parse(_ buffer: ByteBuffer, targetLimit: Int) throws(MalformedRequest) -> RequestHead {
        try buffer.withUnsafeReadableBytes { bytes throws(MalformedRequest) in
            var parser = RequestParser(bytes)
            return try parser.parse(buffer, targetLimit: targetLimit)
        }
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        scanner = HeadScanner(bytes: bytes)
        fields.reserveCapacity(16)
    }

    private mutating func parse(_ buffer: ByteBuffer, targetLimit: Int) throws(MalformedRequest) -> RequestHead {
        guard let end = scanner.lineEnd(from: 0) else { throw .syntax }
        let line = try requestLine(0..<end)
        guard line.target.count <= targetLimit else { throw .targetTooLong }
        try readFields(from: end + 2)
        guard let method = RequestMethod(scanner[line.method]) else { throw .methodRefused }
        guard let host else { throw .hostMissing }
        let framing = try framing(isHTTP10: line.isHTTP10)
        let hasBody = framing != .none && framing != .length(0)
        return RequestHead(
            method: method, target: try scanner.target(line.target, host: host), isHTTP10: line.isHTTP10, host: host,
            fields: fields, framing: framing, keepAlive: !line.isHTTP10 && !closes,
            expectsContinue: try expectsContinue() && !line.isHTTP10 && hasBody, connectionNames: connectionNames,
            mayHoldCredentials: mayHoldCredentials, bytes: buffer)
    }

    // MARK: Request line

    private func requestLine(_ line: Range<Int>) throws(MalformedRequest) -> RequestLine {
        let space = UInt8(ascii: " ")
        guard let first = line.first(where: { bytes[$0] == space }),
            let second = ((first + 1)..<line.upperBound).first(where: { bytes[$0] == space }), second > first + 1
        else { throw .syntax }
        let method = line.lowerBound..<first
        guard scanner.isToken(method) else { throw .syntax }
        let version = (second + 1)..<line.upperBound
        return RequestLine(method: method, target: (first + 1)..<second, isHTTP10: try isHTTP10(version))
    }

    private func isHTTP10(_ version: Range<Int>) throws(MalformedRequest) -> Bool {
        guard version.count == 8, scanner[version.lowerBound..<(version.lowerBound + 5)].isExactly("HTTP/") else { throw .syntax }
        let (major, dot, minor) = (bytes[version.lowerBound + 5], bytes[version.lowerBound + 6], bytes[version.lowerBound + 7])
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard dot == UInt8(ascii: "."), digits.contains(major), digits.contains(minor) else { throw .syntax }
        guard major == UInt8(ascii: "1"), minor <= UInt8(ascii: "1") else { throw .versionUnknown }
        return minor == UInt8(ascii: "0")
    }

    // MARK: Fields

    private mutating func readFields(from first: Int) throws(MalformedRequest) {
        var start = first
        while true {
            guard let end = scanner.lineEnd(from: start) else { throw .syntax }
            if end == start { return }
            guard let field = scanner.field(in: start..<end) else { throw .syntax }
            guard fields.count < Self.maximumFields else { throw .fieldsTooLarge }
            try note(field)
            fields.append(field)
            start = end + 2
        }
    }

    private mutating func note(_ field: HeadField) throws(MalformedRequest) {
        switch field.kind {
        case .host:
            guard host == nil else { throw .hostRepeated }
            guard isAuthority(field.value) else { throw .hostInvalid }
            host = scanner.text(field.value)
        case .contentLength:
            guard contentLength == nil, let length = scanner.decimal(field.value) else { throw .lengthInvalid }
            contentLength = length
        case .transferEncoding: transferEncodings.append(scanner.lowercased(field.value))
        case .connection: try readConnection(field.value)
        case .expect: expectations.append(scanner.lowercased(field.value))
        case .cookie, .authorization: mayHoldCredentials = true
        default: break
        }
    }

    private mutating func readConnection(_ value: Range<Int>) throws(MalformedRequest) {
        if scanner[value].equals("keep-alive") { return }
        for option in scanner.list(value) {
            switch option {
            case "close": closes = true
            case "keep-alive": break
            default:
                guard HeadScanner.isToken(option), connectionNames.count < Self.maximumConnectionNames,
                    FieldKind(option).mayEndAtOneHop
                else { throw .connectionInvalid }
                connectionNames.append(option)
            }
        }
    }

    /// Whether a range holds only characters that a host and a port may have (RFC 3986, section 3.2.2); it may be empty.
    private func isAuthority(_ range: Range<Int>) -> Bool {
        range.allSatisfy { index in
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
                UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"):
                true
            default: false
            }
        }
    }

    // MARK: Framing

    private func framing(isHTTP10: Bool) throws(MalformedRequest) -> BodyFraming {
        guard !transferEncodings.isEmpty else { return contentLength.map(BodyFraming.length) ?? .none }
        guard contentLength == nil else { throw .lengthAndTransferEncoding }
        guard !isHTTP10 else { throw .transferEncodingInHTTP10 }
        if transferEncodings == ["chunked"] { return .chunked }
        // A list that ends in one "chunked" has an end that can be found, but codings that nobody here understands.
        let codings = transferEncodings.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingBlanks() }
        let isReadable = codings.last == "chunked" && codings.count { $0 == "chunked" } == 1 && !codings.contains("")
        throw isReadable ? .transferEncodingUnknown : .transferEncodingInvalid
    }

    private func expectsContinue() throws(MalformedRequest) -> Bool {
        guard !expectations.isEmpty else { return false }
        guard expectations == ["100-continue"] else { throw .expectationUnknown }
        return true
    }
}

/// The requests in a connection's bytes, read by the letter of RFC 9112 and by nothing else.
///
/// A second opinion: it shares no code with the router. It stops at the first byte that is not as the grammar has it, so that
/// what it did not read is what no proxy may have passed on.
public struct StrictReading: Sendable {
    public struct Request: Equatable, Sendable {
        public var method = ""
        public var target = ""
        public var isHTTP10 = false
        /// Names in lower case.
        public var fields: [String: [String]] = [:]
        public var body: [UInt8] = []

        public func values(_ name: String) -> [String] { fields[name] ?? [] }
    }

    struct Malformed: Error {}

    /// Those that are complete.
    public private(set) var requests: [Request] = []
    /// The one that has begun and not ended.
    public private(set) var begun: Request?
    public private(set) var isMalformed = false

    private var rest: ArraySlice<UInt8>

    public init(_ bytes: [UInt8]) {
        rest = bytes[...]
        do throws(Malformed) {
            while !rest.isEmpty, let request = try next() {
                requests.append(request)
                begun = nil
                if request.isHTTP10 || request.values("connection").contains(where: { $0.lowercased().contains("close") }) {
                    return
                }
            }
        } catch {
            isMalformed = true
        }
    }

    private mutating func next() throws(Malformed) -> Request? {
        if rest.starts(with: [0x0D, 0x0A]) { rest = rest.dropFirst(2) }
        guard let first = try line() else { return nil }
        var request = try Self.requestLine(first)
        while true {
            guard let line = try line() else { return nil }
            if line.isEmpty { break }
            let (name, value) = try Self.field(line)
            request.fields[name, default: []].append(value)
        }
        begun = request
        guard try readBody(of: &request) else { return nil }
        return request
    }

    /// A line without its CRLF; nil where it has not ended.
    private mutating func line() throws(Malformed) -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        guard rest[end] == 0x0D else { throw Malformed() }
        guard end + 1 < rest.endIndex else { return nil }
        guard rest[end + 1] == 0x0A else { throw Malformed() }
        defer { rest = rest[(end + 2)...] }
        return rest[..<end]
    }

    private static func requestLine(_ line: ArraySlice<UInt8>) throws(Malformed) -> Request {
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), !words[1].isEmpty, words[1].allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Malformed()
        }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { throw Malformed() }
        return Request(
            method: String(decoding: words[0], as: UTF8.self), target: String(decoding: words[1], as: UTF8.self),
            isHTTP10: version == "HTTP/1.0")
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(Malformed) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon]) else { throw Malformed() }
        var value = line[(colon + 1)...]
        while let first = value.first, isBlank(first) { value = value.dropFirst() }
        while let last = value.last, isBlank(last) { value = value.dropLast() }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw Malformed() }
        return (String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
    }

    // MARK: Body

    private mutating func readBody(of request: inout Request) throws(Malformed) -> Bool {
        let (lengths, codings) = (request.values("content-length"), request.values("transfer-encoding"))
        guard lengths.count + codings.count <= 1 else { throw Malformed() }
        if let coding = codings.first {
            guard coding.lowercased() == "chunked", !request.isHTTP10 else { throw Malformed() }
            return try readChunks(of: &request)
        }
        guard let text = lengths.first else { return true }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text) else {
            throw Malformed()
        }
        request.body = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        return request.body.count == length
    }

    private mutating func readChunks(of request: inout Request) throws(Malformed) -> Bool {
        while let line = try line() {
            let digits = line.prefix { $0 != UInt8(ascii: ";") }
            guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }), digits.allSatisfy(Self.isHexadecimal),
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw Malformed() }
            if size == 0 { return try readTrailers() }
            request.body += rest.prefix(size)
            guard rest.count >= size else { return false }
            rest = rest.dropFirst(size)
            guard [0x0D, 0x0A].starts(with: rest.prefix(2)) else { throw Malformed() }
            guard rest.count >= 2 else { return false }
            rest = rest.dropFirst(2)
        }
        return false
    }

    private mutating func readTrailers() throws(Malformed) -> Bool {
        while let line = try line() {
            if line.isEmpty { return true }
            _ = try Self.field(line)
        }
        return false
    }

    // MARK: Bytes

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { "0123456789abcdefABCDEF".utf8.contains(byte) }

    private static let tokenMarks = Set("!#$%&'*+-.^_`|~".utf8)

    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || tokenMarks.contains(byte)
            }
    }
}

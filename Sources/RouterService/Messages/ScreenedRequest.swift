import NIOHTTP1

/// A request's head that means one thing only, with what the router needs to know of it.
struct ScreenedRequest {
    /// The `Host` field as the client wrote it.
    let host: String
    /// The target in origin form: path and query.
    let target: String
    let framing: BodyFraming
    let keepAlive: Bool
    let expectsContinue: Bool
    /// The names that the `Connection` field calls hop-by-hop, in lower case, without `close` and `keep-alive`.
    let connectionNames: [String]
    let cookies: [String]
    let authorizations: [String]
}

extension ScreenedRequest {
    /// Reads a head strictly.
    ///
    /// The decoder before has checked the grammar; here is what a proxy must not guess about: RFC 9112, sections 3.2, 6.1 and 6.3.
    init(_ head: HTTPRequestHead) throws(MalformedRequest) {
        guard head.version.major == 1 else { throw .versionUnknown }
        guard head.method != .CONNECT, head.method != .TRACE else { throw .methodRefused }
        let fields = try RequestFields(head.headers)
        guard let host = fields.host else { throw .hostMissing }
        guard Self.isAuthority(host) else { throw .hostInvalid }
        self.host = host
        target = try RequestTarget.originForm(of: head.uri, host: host)
        framing = try fields.framing(version: head.version)
        keepAlive = head.version.minor >= 1 && !fields.closes
        expectsContinue = try fields.expectsContinue && head.version.minor >= 1 && framing != .none && framing != .length(0)
        connectionNames = fields.connectionNames
        cookies = fields.cookies
        authorizations = fields.authorizations
    }

    /// Whether a text is made of the characters that a host and a port may have (RFC 3986, section 3.2.2); it may be empty.
    static func isAuthority(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
                UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"):
                true
            default: false
            }
        }
    }
}

/// The header fields that decide about routing and framing, gathered in one pass.
private struct RequestFields {
    var host: String?
    var lengths: [String] = []
    var transferEncodings: [String] = []
    var expectations: [String] = []
    var closes = false
    var connectionNames: [String] = []
    var cookies: [String] = []
    var authorizations: [String] = []

    init(_ headers: HTTPHeaders) throws(MalformedRequest) {
        for (name, value) in headers {
            switch FieldKind(name) {
            case .host:
                guard host == nil else { throw .hostRepeated }
                host = value
            case .contentLength: lengths.append(value)
            case .transferEncoding: transferEncodings.append(value)
            case .connection: try read(connection: value)
            case .expect: expectations.append(value)
            case .cookie: cookies.append(value)
            case .authorization: authorizations.append(value)
            default: break
            }
        }
    }

    private mutating func read(connection value: String) throws(MalformedRequest) {
        for option in value.split(separator: ",") {
            let name = option.drop { $0 == " " || $0 == "\t" }.lowercased()
            let trimmed = name.prefix { $0 != " " && $0 != "\t" }
            switch trimmed {
            case "close": closes = true
            case "keep-alive", "": break
            default:
                guard !trimmed.contains("\"") else { throw .connectionInvalid }
                connectionNames.append(String(trimmed))
            }
        }
    }

    func framing(version: HTTPVersion) throws(MalformedRequest) -> BodyFraming {
        if !transferEncodings.isEmpty {
            guard lengths.isEmpty else { throw .lengthAndTransferEncoding }
            guard version.minor >= 1 else { throw .transferEncodingInHTTP10 }
            guard transferEncodings.count == 1, transferEncodings[0].lowercased() == "chunked" else {
                throw .transferEncodingUnknown
            }
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard lengths.count == 1, length.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let bytes = Int(length)
        else { throw .lengthInvalid }
        return .length(bytes)
    }

    var expectsContinue: Bool {
        get throws(MalformedRequest) {
            guard let expectation = expectations.first else { return false }
            guard expectations.count == 1, expectation.lowercased() == "100-continue" else { throw .expectationUnknown }
            return true
        }
    }
}

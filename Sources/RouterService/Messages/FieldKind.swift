/// What a header field means to a proxy, told from its name alone, in any case.
enum FieldKind: UInt8 {
    /// Passed on as it is.
    case other
    case host, contentLength, transferEncoding, connection, expect
    /// About one connection only (RFC 9110, section 7.6.1) or for a proxy (section 11.7): never passed on.
    case hopByHop
    /// Tells of the way a request took. A client may write anything here, so the router drops it and writes its own; of `Referer`
    /// none, because it may hold a link of another geo and no node reads it.
    case forwarding
    case requestID
    case cookie, authorization
    case setCookie, location, contentLocation, link, refresh, allowOrigin
    /// The W3C Trace Context.
    case traceParent, traceState
    /// `Alt-Svc`: another address for the same host (RFC 7838). Only the router's operator could say one.
    case alternative

    init(_ name: UnsafeRawBufferPointer) {
        self = Self.classify(name)
    }

    init(_ name: String) {
        var name = name
        self = name.withUTF8 { FieldKind(UnsafeRawBufferPointer($0)) }
    }

    /// Whether a client may have a field dropped by naming it in `Connection`. What every reader on the way must see is not to be
    /// named there (RFC 9110, section 7.6.1): a request without it would be another request.
    var mayEndAtOneHop: Bool {
        switch self {
        case .host, .contentLength, .transferEncoding, .expect, .forwarding, .requestID, .cookie, .authorization: false
        default: true
        }
    }

    /// Whether a field may stand behind a chunked body: none that tells of framing, routing, credentials or the connection may
    /// (RFC 9110, section 6.5.1).
    var mayBeTrailer: Bool {
        switch self {
        case .host, .contentLength, .transferEncoding, .connection, .expect, .forwarding, .cookie, .authorization, .setCookie:
            false
        default: true
        }
    }

    private static func classify(_ name: UnsafeRawBufferPointer) -> FieldKind {
        switch name.count {
        case 2: name.equals("te") ? .hopByHop : .other
        case 3: name.equals("via") ? .forwarding : .other
        case 4: name.equals("host") ? .host : name.equals("link") ? .link : .other
        case 6: name.equals("cookie") ? .cookie : name.equals("expect") ? .expect : .other
        case 7:
            if name.equals("refresh") {
                .refresh
            } else if name.equals("alt-svc") {
                .alternative
            } else if name.equals("referer") {
                .forwarding
            } else {
                name.equals("upgrade") || name.equals("trailer") ? .hopByHop : .other
            }
        case 8: name.equals("location") ? .location : .other
        case 9: name.equals("x-real-ip") || name.equals("forwarded") ? .forwarding : .other
        case 10:
            if name.equals("connection") {
                .connection
            } else if name.equals("set-cookie") {
                .setCookie
            } else if name.equals("tracestate") {
                .traceState
            } else {
                name.equals("keep-alive") ? .hopByHop : .other
            }
        case 11: name.equals("traceparent") ? .traceParent : .other
        case 12: name.equals("x-request-id") ? .requestID : name.hasPrefix("proxy-") ? .hopByHop : .other
        case 13: name.equals("authorization") ? .authorization : .other
        case 14: name.equals("content-length") ? .contentLength : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        case 16:
            if name.equals("content-location") {
                .contentLocation
            } else {
                name.equals("proxy-connection") ? .hopByHop : name.hasPrefix("x-forwarded-") ? .forwarding : .other
            }
        case 17: name.equals("transfer-encoding") ? .transferEncoding : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        case 18: name.equals("proxy-authenticate") ? .hopByHop : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        case 19: name.equals("proxy-authorization") ? .hopByHop : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        case 25:
            name.equals("proxy-authentication-info") ? .hopByHop : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        case 27: name.equals("access-control-allow-origin") ? .allowOrigin : name.hasPrefix("x-forwarded-") ? .forwarding : .other
        default: name.hasPrefix("x-forwarded-") ? .forwarding : .other
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these bytes are a text of lower-case letters, digits and hyphens, in any case.
    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && hasPrefix(text) }

    /// Whether these bytes are a text, in its case.
    func isExactly(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether these bytes begin with a text of lower-case letters, digits and hyphens, in any case.
    func hasPrefix(_ text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        // Setting the bit of lower case changes no digit and no hyphen.
        for index in 0..<text.utf8CodeUnitCount where self[index] | 0x20 != text.utf8Start[index] { return false }
        return true
    }
}

/// Why a request cannot be passed on without guessing what its sender meant. It is refused and its connection closed.
///
/// No case holds anything of the request: these reach logs and answers.
enum MalformedRequest: Error, Equatable {
    case syntax
    case hostMissing
    case hostRepeated
    case hostInvalid
    case targetInvalid
    case targetTooLong
    case targetDisagreesWithHost
    case lengthInvalid
    case lengthAndTransferEncoding
    case transferEncodingUnknown
    case transferEncodingInvalid
    case chunkInvalid
    case transferEncodingInHTTP10
    case connectionInvalid
    case expectationUnknown
    case methodRefused
    case versionUnknown
    case fieldsTooLarge
    case timeout

    var problem: Problem {
        switch self {
        case .expectationUnknown: Problem(status: 417, title: "Expectation failed", detail: explanation)
        case .transferEncodingUnknown: Problem(status: 501, title: "Not implemented", detail: explanation)
        case .methodRefused: Problem(status: 501, title: "Not implemented", detail: explanation)
        case .versionUnknown: Problem(status: 505, title: "HTTP version not supported", detail: explanation)
        case .targetTooLong: Problem(status: 414, title: "URI too long", detail: explanation)
        case .fieldsTooLarge: Problem(status: 431, title: "Request header fields too large", detail: explanation)
        case .timeout: .requestTimeout
        default: Problem(status: 400, title: "Bad request", detail: explanation)
        }
    }

    private var explanation: String {
        switch self {
        case .syntax: "This is not an HTTP/1.1 request."
        case .hostMissing: "A request needs one Host header field."
        case .hostRepeated: "A request may have only one Host header field."
        case .hostInvalid: "The Host header field is not a host with an optional port."
        case .targetInvalid: "The request's target is neither a path nor an absolute http or https address."
        case .targetTooLong: "The request's target is longer than this router accepts."
        case .targetDisagreesWithHost: "The request's target names another host than its Host header field."
        case .lengthInvalid: "The Content-Length header field must stand once and be a number."
        case .lengthAndTransferEncoding: "A request may have a Content-Length or a Transfer-Encoding, not both."
        case .transferEncodingUnknown: "The only transfer encoding that is understood here is chunked."
        case .transferEncodingInvalid: "The Transfer-Encoding header field must stand once and be chunked."
        case .chunkInvalid: "The request's body is not in the chunked transfer encoding that its header fields promise."
        case .transferEncodingInHTTP10: "HTTP/1.0 knows no Transfer-Encoding."
        case .connectionInvalid: "The Connection header field is not a list of a few names of fields that may end here."
        case .expectationUnknown: "The only expectation that is understood here is 100-continue."
        case .methodRefused: "This method is not allowed through here."
        case .versionUnknown: "Only HTTP/1.1 and HTTP/1.0 are spoken here."
        case .timeout: "The request did not arrive in time."
        case .fieldsTooLarge: "The request has more or larger header fields than this router accepts."
        }
    }
}

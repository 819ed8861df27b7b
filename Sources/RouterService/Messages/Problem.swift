import NIOCore

/// An answer of the router's own, as RFC 9457 describes it. Its texts are fixed and hold nothing of the request.
struct Problem: Error, Equatable {
    let status: Int
    let title: String
    let detail: String
    /// Seconds after which the client may try again.
    var retryAfter: Int?

    static let misdirected = Problem(
        status: 421, title: "Misdirected request", detail: "No geo is served under this host name.")
    static let wrongGeo = Problem(
        status: 403, title: "Wrong geo",
        detail: "This request carries a credential or an identifier of another geo. Use the address of that geo.")
    static let contentTooLarge = Problem(
        status: 413, title: "Content too large",
        detail: "The request's body is larger than this router accepts (limits.body_bytes in router.yaml).")
    static let requestTimeout = Problem(
        status: 408, title: "Request timeout", detail: "The request did not arrive in time.")
    static let httpsOnly = Problem(
        status: 403, title: "Use https", detail: "This address only leads to https. Send the request there.")
    static let notFound = Problem(status: 404, title: "Not found", detail: "There is no such page here.")
    static let methodNotAllowed = Problem(
        status: 405, title: "Method not allowed", detail: "This page can only be read.")
    static let badGateway = Problem(
        status: 502, title: "Bad gateway", detail: "The geo's node did not answer this request properly.")
    static let blockedResponse = Problem(
        status: 502, title: "Bad gateway",
        detail: "The geo's node gave an answer that would reach into another geo. It was held back.")
    static let gatewayTimeout = Problem(
        status: 504, title: "Gateway timeout", detail: "The geo's node did not answer in time.")

    private static func geoUnavailable(retryAfter seconds: Int) -> Problem {
        Problem(
            status: 503, title: "Geo unavailable",
            detail: "No node of this geo can be reached at the moment. No other geo can answer for it.", retryAfter: seconds)
    }

    static func tooManyRequests(retryAfter seconds: Int) -> Problem {
        Problem(
            status: 429, title: "Too many requests", detail: "This client sends more requests than this router accepts from one.",
            retryAfter: seconds)
    }

    /// - Parameter shortage: why the geo's nodes cannot be asked.
    static func unavailable(_ shortage: UpstreamShortage, limits: RouterLimits) -> Problem {
        switch shortage {
        case .noNode: geoUnavailable(retryAfter: limits.retryAfterSeconds)
        case .noConnection:
            Problem(
                status: 503, title: "Geo busy",
                detail: "The nodes of this geo have more requests than they can take at the moment.",
                retryAfter: 1)
        }
    }

    /// The body: the contracts' error object with the request's id as its instance.
    func body(id: RequestID) -> String {
        "{\"status\":\(status),\"title\":\"\(title)\",\"instance\":\"portolan:trace:\(id)\",\"detail\":\"\(detail)\"}\n"
    }

    var reason: StaticString {
        switch status {
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Error"
        }
    }
}

/// How a caller shows who it is.
public struct APISecurityScheme: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case apiKey(name: String, APIParameter.Location)
        /// The scheme of `Authorization` (RFC 9110), in lower case: `bearer`, `basic`.
        case http(scheme: String, bearerFormat: String?)
        case oauth2([APIOAuthFlow])
        case openIDConnect(WebAddress?)
        case mutualTLS
    }

    /// By which security requirements name it.
    public let name: String
    public let kind: Kind
    public let description: Markdown?

    /// In words, as in `an API key in the header X-API-Key`.
    public var summary: String {
        switch kind {
        case .apiKey(let name, .query): "an API key in the query parameter \(name)"
        case .apiKey(let name, let location): "an API key in the \(location.rawValue) \(name)"
        case .http("bearer", let format): "a bearer token\(format.map { " (\($0))" } ?? "") in the header Authorization"
        case .http("basic", _): "user name and password by HTTP Basic"
        case .http(let scheme, _): "the scheme \(scheme) in the header Authorization"
        case .oauth2(let flows): "OAuth 2.0 (\(flows.map(\.kind.rawValue).joined(separator: ", ")))"
        case .openIDConnect: "OpenID Connect"
        case .mutualTLS: "a client's certificate (mutual TLS)"
        }
    }
}

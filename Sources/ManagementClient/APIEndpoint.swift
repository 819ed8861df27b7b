import AsyncHTTPClient
import Foundation
import Geography

/// Where an HTTP API is: the address to connect to, and the host to ask for.
///
/// Names below `.localhost` mean this machine (RFC 6761, section 6.3); the system's resolver does not know them all, so the
/// connection goes to 127.0.0.1 and the `Host` field says the name.
public struct APIEndpoint: Sendable, CustomStringConvertible {
    /// Says at once that nobody listens, instead of trying until a request's time is over.
    public static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        // An answer of one geo sends nobody, and no token, to another one.
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private let connection: String
    private let authority: String
    /// The geo that the host names, where it is one of a management API: `eu.api.example.com`.
    let geo: GeoID?
    public let description: String

    /// - Parameter address: scheme, host and port: `https://eu.api.example.com`.
    /// - Throws: ``ManagementError/wrongAddress(_:)``.
    public init(_ address: String) throws {
        guard let components = URLComponents(string: address), let scheme = components.scheme,
            ["http", "https"].contains(scheme),
            let host = components.host, !host.isEmpty, components.query == nil, ["", "/"].contains(components.path)
        else { throw ManagementError.wrongAddress(address) }
        let port = components.port.map { ":\($0)" } ?? ""
        let isLocal = scheme == "http" && (host == "localhost" || host.hasSuffix(".localhost"))
        connection = "\(scheme)://\(isLocal ? "127.0.0.1" : host)\(port)"
        authority = host + port
        description = "\(scheme)://\(authority)"
        let labels = host.lowercased().split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        geo = labels.count == 3 && labels[1] == "api" ? try? GeoID(String(labels[0])) : nil
    }

    /// A request for a path at this host.
    public func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: connection + path)
        request.headers.add(name: "host", value: authority)
        return request
    }
}

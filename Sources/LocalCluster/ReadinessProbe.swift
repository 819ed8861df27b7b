import AsyncHTTPClient
import ManagementClient

/// Asks whether a process of this machine is ready, or whether the router reaches a geo.
struct ReadinessProbe: Sendable {
    private let request: HTTPClientRequest
    private let isGood: @Sendable (UInt) -> Bool

    /// Whether the process with this admin port is ready.
    init(adminPort: Int) {
        request = HTTPClientRequest(url: "http://127.0.0.1:\(adminPort)/readyz")
        isGood = { $0 == 200 }
    }

    /// Whether the router reaches a node for this API's host: any answer of a node will do.
    init(api: String) throws {
        request = try APIEndpoint(api).request("/v3/portals")
        isGood = { $0 < 500 }
    }

    func isReady() async -> Bool {
        guard let response = try? await APIEndpoint.client.execute(request, timeout: .seconds(5)) else { return false }
        return isGood(response.status.code)
    }
}

import AsyncHTTPClient
import Geography
import ManagementClient

/// A page of a process's own listener for its operators.
struct AdminPage: Sendable {
    static let patience = Duration.seconds(5)
    static let maximumBytes = 4 << 20

    let status: Int
    let body: String

    static func get(_ path: String, at endpoint: SocketEndpoint) async throws -> AdminPage {
        let request = HTTPClientRequest(url: "http://\(endpoint)\(path)")
        let response = try await APIEndpoint.client.execute(request, timeout: .seconds(patience.components.seconds))
        return AdminPage(
            status: Int(response.status.code), body: String(buffer: try await response.body.collect(upTo: maximumBytes)))
    }

    /// In a few words.
    static func explain(_ error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "no connection" }
        let late: [HTTPClientError] = [.connectTimeout, .deadlineExceeded, .readTimeout]
        return late.contains(error) ? "no answer in time" : "\(error)"
    }
}

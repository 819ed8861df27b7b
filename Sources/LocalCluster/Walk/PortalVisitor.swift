import AsyncHTTPClient
import Foundation
import ManagementClient
import NIOCore
import NIOHTTP1

/// A client of one portal, which keeps its cookies.
struct PortalVisitor: Sendable {
    /// What a portal answered.
    struct Answer: Sendable {
        let body: String

        /// A text property of a JSON object.
        func text(_ name: String) throws -> String {
            guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any],
                let text = object[name] as? String
            else { throw WalkFailure("the answer has no \"\(name)\"") }
            return text
        }
    }

    private static let timeout = TimeAmount.seconds(30)
    private static let maximumAnswerBytes = 4 << 20

    /// By name.
    var cookies: [String: String] = [:]
    private let endpoint: APIEndpoint

    init(_ url: String) throws { endpoint = try APIEndpoint(url) }

    @discardableResult
    func get(_ path: String, expecting status: Int) async throws -> Answer {
        try await Self.answer(to: request(path), expecting: status).answer
    }

    /// Sends JSON to an operation of the Portal API, and keeps the cookies that it sets.
    @discardableResult
    mutating func post(_ operation: String, _ body: [String: String], expecting status: Int) async throws -> Answer {
        var request = request("/api/v3/\(operation)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        let (answer, headers) = try await Self.answer(to: request, expecting: status)
        for field in headers["set-cookie"] {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
        }
        return answer
    }

    mutating func logIn(_ developer: WalkedDeveloper, password: String? = nil, expecting status: Int) async throws {
        let body = ["username": developer.email, "password": password ?? developer.password]
        try await post("developer/authenticate", body, expecting: status)
    }

    private func request(_ path: String) -> HTTPClientRequest {
        var request = endpoint.request(path)
        if !cookies.isEmpty {
            request.headers.add(name: "cookie", value: cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; "))
        }
        return request
    }

    private static func answer(
        to request: HTTPClientRequest, expecting status: Int
    ) async throws -> (answer: Answer, headers: HTTPHeaders) {
        let response = try await APIEndpoint.client.execute(request, timeout: timeout)
        let body = String(buffer: try await response.body.collect(upTo: maximumAnswerBytes))
        guard Int(response.status.code) == status else {
            throw WalkFailure("expected the status \(status), found \(response.status.code): \(body.prefix(300))")
        }
        return (Answer(body: body), response.headers)
    }
}

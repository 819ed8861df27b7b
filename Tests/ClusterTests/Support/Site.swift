import AsyncHTTPClient
import Foundation
import ManagementClient
import NIOCore
import NIOHTTP1
import Testing

/// A client of one host, which connects to one address and says the host's name, as a browser behind DNS does.
struct Site: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: String

        /// The `name=value` pairs of the cookies that were set.
        var cookies: [String] { headers["set-cookie"].compactMap { $0.split(separator: ";").first.map(String.init) } }

        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        }
    }

    let connect: String
    let host: String
    var headers: [String: String] = [:]
    var cookies: [String] = []

    static func authority(of url: String) throws -> String {
        let components = try #require(URLComponents(string: url))
        let host = try #require(components.host)
        return components.port.map { "\(host):\($0)" } ?? host
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    func post(_ path: String, _ body: [String: String]) async throws -> Answer { try await send("POST", path, json: body) }

    func patch(_ path: String, _ body: [String: Any]) async throws -> Answer { try await send("PATCH", path, json: body) }

    func send(_ method: String, _ path: String, json: [String: Any]? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://\(connect)\(path)")
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "host", value: host)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if !cookies.isEmpty { request.headers.add(name: "cookie", value: cookies.joined(separator: "; ")) }
        if let json {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: json)))
        }
        let response = try await APIEndpoint.client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 4 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
    }

    func with(cookies: [String]) -> Site {
        var site = self
        site.cookies = cookies
        return site
    }

    func with(host: String) -> Site {
        var site = Site(connect: connect, host: host, headers: headers)
        site.cookies = cookies
        return site
    }
}

import AsyncHTTPClient
import Foundation
import Geography
import NIOCore
import NIOHTTP1

/// A client of one geo's management API.
///
/// ```swift
/// let client = try ManagementClient(api: "https://eu.api.example.com", token: token)
/// for developer in try await client.developers(of: portal.id) { … }
/// ```
/// It talks to one geo, because an admin's token opens one geo.
public struct ManagementClient: Sendable {
    /// How long one answer may take.
    static let timeout = TimeAmount.seconds(30)
    /// How long it may take to delete a portal with its developers.
    static let deletionTimeout = TimeAmount.seconds(600)
    static let maximumAnswerBytes = 32 << 20
    /// The contract's largest page.
    static let pageSize = 100

    private let endpoint: APIEndpoint
    private let token: String
    private let http: HTTPClient

    /// - Parameters:
    ///   - api: the address of the geo's API host, without a path.
    ///   - token: an admin's token of that geo.
    /// - Throws: ``ManagementError/wrongAddress(_:)``, ``ManagementError/wrongToken``, or ``ManagementError/otherGeo(token:address:)``
    ///   where the two do not name one geo: then nothing is sent.
    public init(api: String, token: String, http: HTTPClient = APIEndpoint.client) throws {
        endpoint = try APIEndpoint(api)
        guard let geo = endpoint.geo else { throw ManagementError.wrongAddress(api) }
        guard let credential = GeoCredential(token), credential.kind == .admin else { throw ManagementError.wrongToken }
        guard credential.geo == geo else { throw ManagementError.otherGeo(token: credential.geo, address: endpoint.description) }
        self.token = token
        self.http = http
    }

    // MARK: Portals

    public func portals() async throws -> [RemotePortal] { try await all("/v3/portals") }

    /// The portal with this name, or with this first label of its host.
    ///
    /// - Throws: ``ManagementError/noSuchPortal(_:known:)``.
    public func portal(named name: String) async throws -> RemotePortal {
        let portals = try await portals()
        guard let portal = portals.first(where: { $0.name == name || $0.slug == name }) else {
            throw ManagementError.noSuchPortal(name, known: portals.map(\.slug))
        }
        return portal
    }

    public func createPortal(name: String, displayName: String, autoApprove: Bool) async throws -> RemotePortal {
        struct Body: Encodable {
            let name: String
            let displayName: String
            let autoApproveDevelopers: Bool
        }
        return try await send(
            .POST, "/v3/portals", Body(name: name, displayName: displayName, autoApproveDevelopers: autoApprove))
    }

    public func setAutoApprove(_ isOn: Bool, of portal: String) async throws -> RemotePortal {
        struct Body: Encodable { let autoApproveDevelopers: Bool }
        return try await send(.PATCH, "/v3/portals/\(portal)", Body(autoApproveDevelopers: isOn))
    }

    /// Deletes a portal with its developers. Where the answer is late, asking again goes on.
    ///
    /// - Parameter force: even where APIs are published to it.
    public func deletePortal(_ portal: String, force: Bool) async throws {
        _ = try await answer(.DELETE, "/v3/portals/\(portal)", [("force", String(force))], timeout: Self.deletionTimeout)
    }

    // MARK: Requests

    func all<Element: Decodable>(_ path: String, _ query: [(String, String)] = []) async throws -> [Element] {
        var elements: [Element] = []
        for number in 1... {
            let page = [("page[size]", String(Self.pageSize)), ("page[number]", String(number))]
            let list: ListPage<Element> = try await get(path, query + page)
            elements += list.data
            if list.data.count < Self.pageSize { break }
        }
        return elements
    }

    func get<Answer: Decodable>(_ path: String, _ query: [(String, String)] = []) async throws -> Answer {
        try Self.decode(try await answer(.GET, path, query))
    }

    func send<Answer: Decodable>(_ method: HTTPMethod, _ path: String, _ body: some Encodable) async throws -> Answer {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try Self.decode(try await answer(method, path, body: try encoder.encode(body)))
    }

    func answer(
        _ method: HTTPMethod, _ path: String, _ query: [(String, String)] = [], body: Data? = nil,
        timeout: TimeAmount = Self.timeout
    ) async throws -> ByteBuffer {
        var request = endpoint.request(path + Self.encoded(query))
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let status: Int
        let answer: ByteBuffer
        do {
            let response = try await http.execute(request, timeout: timeout)
            status = Int(response.status.code)
            answer = try await response.body.collect(upTo: Self.maximumAnswerBytes)
        } catch {
            throw ManagementError.unreachable(endpoint.description, reason: "\(error)")
        }
        guard (200..<300).contains(status) else { throw ManagementError(status: status, problem: answer) }
        return answer
    }

    /// What stands in a query as it is (RFC 3986, section 2.3).
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func encoded(_ query: [(String, String)]) -> String {
        let pairs = query.map { pair in
            [pair.0, pair.1].map { $0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }.joined(separator: "=")
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    static func decode<Answer: Decodable>(_ buffer: ByteBuffer) throws -> Answer {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(Answer.self, from: Data(buffer.readableBytesView))
        } catch {
            throw ManagementError.notUnderstood
        }
    }
}

/// What a client needs of a page of a list, as the contract has it. A total may be lower than what there is.
private struct ListPage<Element: Decodable>: Decodable {
    let data: [Element]
}

/// A portal as the management API tells of it.
public struct RemotePortal: Decodable, Hashable, Sendable {
    public let id: String
    public let name: String
    public let displayName: String
    public let defaultDomain: String
    public let canonicalDomain: String
    public let autoApproveDevelopers: Bool

    /// The first label of the portal's host.
    public var slug: String { String(defaultDomain.prefix { $0 != "." }) }
}

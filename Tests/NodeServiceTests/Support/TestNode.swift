import Accounts
import Crypto
import Foundation
import GRDB
import Geography
import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging
import Mail
import NIOEmbedded
import SQLiteStore
import Testing

@testable import NodeService

/// A node's HTTP faces in this process, on a real store in a folder of its own, with a portal `acme`.
final class TestNode: Sendable {
    let flows: AccountFlows
    let store: SQLiteStore
    private let hasher: ScryptPasswordHasher
    let portal: Portal
    let adminToken: String
    private let folder: URL
    private let responder: any HTTPResponder<NodeRequestContext>

    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
          - {id: us, number: 2, nodes: [{address: "127.0.0.1:9102"}]}
        """

    static func with(
        autoApprove: Bool = false, policy: AccountPolicy = AccountPolicy(), clock: any WallClock = SystemClock(),
        _ test: (TestNode) async throws -> Void
    ) async throws {
        let node = try await TestNode(autoApprove: autoApprove, policy: policy, clock: clock)
        do {
            try await test(node)
        } catch {
            await node.remove()
            throw error
        }
        await node.remove()
    }

    private init(autoApprove: Bool, policy: AccountPolicy, clock: any WallClock) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-node-test-\(UUID().uuidString)")
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(GeoID("eu")))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        store = try SQLiteStore.open(at: folder.path, geo: geo, clock: clock, logger: logger)
        hasher = ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1))
        flows = AccountFlows(
            geo: geo, topology: topology, store: store, hasher: hasher, clock: clock, secret: SymmetricKey(size: .bits256),
            policy: policy, specifications: DocumentReader(maximumBytes: policy.documentBytes),
            mailWriter: AccountMailWriter())
        var draft = PortalDraft(name: "Acme")
        draft.autoApproveDevelopers = autoApprove
        portal = try await flows.portals.create(draft, by: .operator)
        adminToken = try await flows.admins.createToken(for: "admin@example.com", named: "test").value
        responder = try Faces(
            geo: geo, topology: topology, flows: flows, mailbox: nil, formKey: store.derivedKey(for: "test"), clock: clock,
            logger: logger
        ).responder
    }

    /// Changes what is stored, beside the store.
    func writeToStore(_ sql: String) throws {
        let database = try DatabaseQueue(path: folder.appendingPathComponent("store.sqlite").path)
        try database.write { try $0.execute(sql: sql) }
        try database.close()
    }

    private func remove() async {
        try? await hasher.shutDown()
        try? await store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String

        var cookies: String {
            headers[values: .setCookie].compactMap { $0.split(separator: ";").first.map(String.init) }.joined(separator: "; ")
        }

        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        }

        /// The values of one property in a list's `data`.
        func data<Value>(_ property: String, as type: Value.Type = String.self) throws -> [Value] {
            let elements = try #require(try json()["data"] as? [[String: Any]])
            return try elements.map { try #require($0[property] as? Value) }
        }

        /// What a list says of its length.
        func total() throws -> Int {
            let page = (try json()["meta"] as? [String: Any])?["page"] as? [String: Int]
            return try #require(page?["total"])
        }

        /// The fields and rules of `invalid_parameters`.
        func invalid() throws -> [String: String] {
            let list = try #require(try json()["invalid_parameters"] as? [[String: Any]])
            return Dictionary(uniqueKeysWithValues: list.map { ($0["field"] as? String ?? "", $0["rule"] as? String ?? "") })
        }
    }

    static let portalHost = "acme.eu.portal.example.com"
    static let managementHost = "eu.api.example.com"

    /// A request to the portal's host.
    func portal(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, cookies: String? = nil) async throws
        -> Answer
    {
        var headers: HTTPFields = [:]
        if body != nil { headers[.contentType] = "application/json" }
        if let cookies { headers[.cookie] = cookies }
        return try await send(method, path, host: Self.portalHost, headers: headers, body: body)
    }

    /// A request to the management API with the admin's token.
    ///
    /// - Parameter token: of another admin than the geo's first, who is an owner.
    func admin(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.authorization: "Bearer \(token ?? adminToken)"]
        if body != nil { headers[.contentType] = "application/json" }
        return try await send(method, path, host: Self.managementHost, headers: headers, body: body)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, host: String?, headers: HTTPFields = [:], body: String? = nil,
        bytes: [UInt8]? = nil
    ) async throws -> Answer {
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let request = Request(head: head, body: .init(buffer: ByteBuffer(bytes: bytes ?? Array((body ?? "").utf8))))
        let channel = EmbeddedChannel()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = NodeRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let response = try await responder.respond(to: request, context: context)
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: String(buffer: collector.buffer))
    }
}

/// Keeps what a response writes.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var buffer = ByteBuffer()

    func write(_ part: ByteBuffer) async throws {
        var part = part
        buffer.writeBuffer(&part)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

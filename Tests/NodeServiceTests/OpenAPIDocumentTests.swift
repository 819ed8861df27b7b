import Accounts
import Foundation
import HTTPConventions
import HTTPTypes
import Hummingbird
import ManagementAPI
import PortalAPI
import Testing

/// The two APIs, each with its host and the path of its document.
enum DescribedAPI: CaseIterable {
    case portal
    case management

    var host: String { self == .portal ? TestNode.portalHost : TestNode.managementHost }
    var documentPath: String { self == .portal ? "/api/v3/openapi.yaml" : "/v3/openapi.yaml" }

    func routes(of node: TestNode) -> Set<String> {
        let list = RouteList()
        switch self {
        case .portal: PortalAPI(flows: node.flows, clock: SystemClock()).addRoutes(to: list)
        case .management: ManagementAPI(flows: node.flows).addRoutes(to: list)
        }
        return list.paths
    }

    func document(of node: TestNode) async throws -> DocumentedAPI {
        try DocumentedAPI(yaml: try await node.send(.get, documentPath, host: host).body)
    }
}

@Suite("The OpenAPI documents")
struct OpenAPIDocumentTests {
    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]

    @Test("each is served to everybody, and may be kept for a short time", arguments: DescribedAPI.allCases)
    func served(api: DescribedAPI) async throws {
        try await TestNode.with { node in
            let answer = try await node.send(.get, api.documentPath, host: api.host)
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/yaml")
            #expect(answer.headers[.cacheControl] == "public, max-age=300")
            #expect(answer.body.hasPrefix("openapi: 3.1.0\n"))
            let head = try await node.send(.head, api.documentPath, host: api.host)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
        }
    }

    @Test("neither is at the other's host")
    func apart() async throws {
        try await TestNode.with { node in
            let atPortal = try await node.send(.get, DescribedAPI.management.documentPath, host: TestNode.portalHost)
            #expect(atPortal.status == 404)
            let atManagement = try await node.admin(.get, DescribedAPI.portal.documentPath)
            #expect(atManagement.status == 404)
        }
    }

    @Test("every path of an API stands in its document, and every documented path is there", arguments: DescribedAPI.allCases)
    func paths(api: DescribedAPI) async throws {
        try await TestNode.with { node in
            let document = try await api.document(of: node)
            // The document says in words that the developers' operations are there for version 2 too.
            let routes = api.routes(of: node).filter { !$0.hasPrefix("/api/v2/developer") }
            #expect(routes == document.paths)
        }
    }

    @Test("the document names every action that the audit log can have")
    func auditActions() async throws {
        try await TestNode.with { node in
            let named = try #require(try await DescribedAPI.management.document(of: node).choices["AuditAction"])
            #expect(Set(named) == Set(AuditEvent.Action.allCases.map(\.rawValue)))
            #expect(named.count == Set(named).count)
        }
    }

    @Test("version 2 has the developers' operations of version 3")
    func versionTwo() async throws {
        try await TestNode.with { node in
            let routes = DescribedAPI.portal.routes(of: node)
            let older = routes.filter { $0.hasPrefix("/api/v2/") }.map { $0.replacing("/api/v2/", with: "/api/v3/") }
            #expect(Set(older) == routes.filter { $0.hasPrefix("/api/v3/developer") })
        }
    }

    @Test("a path takes the methods that its document names, HEAD beside GET, and no other", arguments: DescribedAPI.allCases)
    func methods(api: DescribedAPI) async throws {
        try await TestNode.with { node in
            let document = try await api.document(of: node)
            for path in api.routes(of: node).intersection(document.paths) {
                var wanted = document.methods(of: path)
                if wanted.contains("GET") { wanted.insert("HEAD") }
                let allow = wanted.sorted().joined(separator: ", ")
                for method in Self.methods {
                    let answer = try await Self.ask(node, api, method, path)
                    #expect((answer.status != 405) == wanted.contains(method.rawValue), "\(method) \(path)")
                    if answer.status == 405 { #expect(answer.headers[.allow] == allow, "\(method) \(path)") }
                }
            }
        }
    }

    @Test("every operation has an id of its own, and says what every operation can answer", arguments: DescribedAPI.allCases)
    func statuses(api: DescribedAPI) async throws {
        try await TestNode.with { node in
            let operations = try await api.document(of: node).operations
            #expect(Set(operations.map(\.id)).count == operations.count)
            for operation in operations {
                var expected: Set<String> = ["400", "403", "421", "503"]
                if operation.hasBody { expected.formUnion(["413", "415"]) }
                if !operation.isOpen { expected.insert("401") }
                if operation.path.contains("{") { expected.insert("404") }
                #expect(expected.isSubset(of: operation.statuses), "\(operation.id)")
                // Those of single sign-on lead the browser on.
                #expect(operation.statuses.contains { $0.hasPrefix("2") || $0.hasPrefix("3") }, "\(operation.id)")
            }
        }
    }

    /// One request without a body to a path whose parameters name nothing.
    private static func ask(
        _ node: TestNode, _ api: DescribedAPI, _ method: HTTPRequest.Method, _ path: String
    ) async throws -> TestNode.Answer {
        let target = path.replacing(#/\{[a-zA-Z]+\}/#) { _ in UUID().uuidString.lowercased() }
        return try await node.send(
            method, target, host: api.host, headers: api == .portal ? [:] : [.authorization: "Bearer \(node.adminToken)"])
    }
}

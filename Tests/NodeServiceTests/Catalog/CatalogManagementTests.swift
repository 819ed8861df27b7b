import Accounts
import Foundation
import Testing

@Suite("The catalog at the management API")
struct CatalogManagementTests {
    @Test("an API is made with its document, from which come name and version; it is read, listed, changed and deleted")
    func lifecycle() async throws {
        try await TestNode.with { node in
            let made = try await node.admin(.post, "/v3/apis", SampleDocument.body(["spec_content": SampleDocument.yaml]))
            #expect(made.status == 201)
            let api = try made.json()
            let id = try #require(api["id"] as? String)
            #expect(api["name"] as? String == "Ships")
            #expect(api["version"] as? String == "1.2")
            #expect(api["slug"] as? String == "ships-1-2")
            #expect((api["api_spec_ids"] as? [String])?.count == 1)
            let list = try await node.admin(.get, "/v3/apis?filter%5Bname%5D%5Bcontains%5D=HIP&filter%5Bslug%5D=ships-1-2")
            #expect(try list.data("id") == [id])
            let change = #"{"name": "Harbour", "version": null, "description": "d", "slug": "harbour"}"#
            let changed = try await node.admin(.patch, "/v3/apis/\(id)", change).json()
            #expect(changed["name"] as? String == "Harbour")
            #expect(changed["version"] is NSNull)
            #expect(changed["slug"] as? String == "harbour")
            #expect(try await node.admin(.get, "/v3/apis/\(id)").json()["description"] as? String == "d")
            #expect(try await node.admin(.delete, "/v3/apis/\(id)").status == 204)
            #expect(try await node.admin(.get, "/v3/apis/\(id)").status == 404)
            #expect(try await node.admin(.delete, "/v3/apis/\(id)").status == 404)
            let actions = try await node.auditEntries().map(\.event.action).filter { $0.rawValue.hasPrefix("api.") }
            #expect(actions == [.apiCreated, .apiDocumentSet, .apiUpdated, .apiDeleted])
        }
    }

    @Test("an API has one version, which is its document: given, read byte for byte, replaced, deleted")
    func versions() async throws {
        try await TestNode.with { node in
            let id = try #require(try await node.admin(.post, "/v3/apis", #"{"name": "Ships"}"#).json()["id"] as? String)
            let versions = "/v3/apis/\(id)/versions"
            #expect(try await node.admin(.get, versions).total() == 0)
            let body = try SampleDocument.body(["version": "v1", "spec": ["type": "oas3", "content": SampleDocument.yaml]])
            let made = try await node.admin(.post, versions, body)
            #expect(made.status == 201)
            let version = try #require(try made.json()["id"] as? String)
            #expect(try await node.admin(.post, versions, body).status == 409)
            let spec = try #require(try await node.admin(.get, "\(versions)/\(version)").json()["spec"] as? [String: Any])
            #expect(spec["content"] as? String == SampleDocument.yaml)
            #expect(spec["media_type"] as? String == "application/yaml")
            #expect(spec["size"] as? Int == SampleDocument.yaml.utf8.count)
            let listed = try await node.admin(.get, versions)
            #expect(try listed.data("version") == ["v1"])
            #expect(!listed.body.contains("openapi"))
            let other = try SampleDocument.body(["spec": ["content": SampleDocument.json]])
            #expect(try await node.admin(.patch, "\(versions)/\(version)", other).status == 200)
            let replaced = try #require(try await node.admin(.get, "\(versions)/\(version)").json()["spec"] as? [String: Any])
            #expect(replaced["content"] as? String == SampleDocument.json)
            #expect(replaced["media_type"] as? String == "application/json")
            #expect(try await node.admin(.patch, "\(versions)/\(version)", #"{"version": "v2"}"#).status == 200)
            #expect(try await node.admin(.get, "/v3/apis/\(id)").json()["version"] as? String == "v2")
            #expect(try await node.admin(.get, "\(versions)/\(id)").status == 404)
            #expect(try await node.admin(.delete, "\(versions)/\(version)").status == 204)
            #expect(try await node.admin(.get, "\(versions)/\(version)").status == 404)
            #expect(try await node.admin(.get, "/v3/apis/\(id)").json()["current_version_summary"] is NSNull)
        }
    }

    @Test("a document that is not taken is 400 with each place in it, and nothing is stored")
    func broken() async throws {
        try await TestNode.with { node in
            let documents = [
                ("openapi: 3.1.0\ninfo: {title: [1], version: '1'}\npaths: {}", "line 2, column 15, /info/title"),
                ("{\"openapi\": \"3.1.0\", \"info\"", "line 1"), ("swagger: '2.0'", "Swagger"), ("", "found"),
            ]
            for (text, place) in documents {
                let answer = try await node.admin(
                    .post, "/v3/apis", SampleDocument.body(["name": "Ships", "spec_content": text]))
                #expect(answer.status == 400, "\(text)")
                let wrong = try #require(try answer.json()["invalid_parameters"] as? [[String: Any]])
                #expect(wrong.allSatisfy { $0["field"] as? String == "spec_content" })
                #expect((wrong.first?["reason"] as? String)?.contains(place) == true, "\(wrong)")
            }
            #expect(try await node.admin(.get, "/v3/apis").total() == 0)
        }
    }

    @Test("a document may have so many bytes and no more, and its body twice as many; other bodies keep their limit")
    func limits() async throws {
        var policy = AccountPolicy()
        policy.documentBytes = 100_000
        try await TestNode.with(policy: policy) { node in
            func answer(filledTo bytes: Int) async throws -> TestNode.Answer {
                let filling = String(repeating: " ", count: bytes - SampleDocument.json.utf8.count)
                return try await node.admin(
                    .post, "/v3/apis", SampleDocument.body(["spec_content": SampleDocument.json + filling]))
            }
            let over = try await answer(filledTo: 100_001)
            #expect(over.status == 400)
            #expect(try over.invalid() == ["spec_content": "max_length"])
            let wrong = try #require(try over.json()["invalid_parameters"] as? [[String: Any]])
            #expect((wrong[0]["reason"] as? String)?.contains("at most 100000 bytes (catalog.document_bytes") == true)
            let wider = try await answer(filledTo: 200_000)
            #expect(wider.status == 413)
            #expect(
                try (wider.json()["detail"] as? String)?.contains("200000 bytes, which is twice catalog.document_bytes") == true)
            #expect(try await answer(filledTo: 100_000).status == 201)
            let id = try #require(try await node.admin(.get, "/v3/apis").data("id").first as String?)
            let long = String(repeating: " ", count: 70_000)
            let longer = try await node.admin(.patch, "/v3/apis/\(id)", "{}\(long)")
            #expect(longer.status == 413)
            #expect(try longer.json()["detail"] as? String == "The body has more than 65536 bytes")
        }
    }

    @Test(
        "a slug is chosen or made, in any script, and is never an id",
        arguments: [
            (#"{"name": "Pay & Be Paid", "version": "2"}"#, "^pay-be-paid-2$"),
            (#"{"name": "支払い", "version": "2"}"#, "^api-[0-9a-f]{12}$"),
            (#"{"name": "支払い", "slug": "shiharai"}"#, "^shiharai$"),
        ])
    func slugs(body: String, slug: String) async throws {
        try await TestNode.with { node in
            let made = try #require(try await node.admin(.post, "/v3/apis", body).json()["slug"] as? String)
            #expect(made.range(of: slug, options: .regularExpression) != nil, "\(made)")
            for wrong in ["", "A", "a b", "-a", "a--b", "ü", "\(node.portal.id)", String(repeating: "a", count: 64)] {
                let answer = try await node.admin(.post, "/v3/apis", SampleDocument.body(["name": "Other", "slug": wrong]))
                #expect(try answer.invalid() == ["slug": "invalid"], "\(wrong)")
            }
            #expect(try await node.admin(.post, "/v3/apis", #"{"name": "New", "slug": "\#(made)"}"#).status == 409)
        }
    }

    @Test("an API is published with the portal's default, seen by others, listed, and taken off again")
    func publications() async throws {
        try await TestNode.with { node in
            let id = try #require(try await node.admin(.post, "/v3/apis", #"{"name": "Ships"}"#).json()["id"] as? String)
            let path = "/v3/apis/\(id)/publications/\(node.portal.id)"
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.delete, path).status == 404)
            #expect(try await node.admin(.put, path, "{}").json()["visibility"] as? String == "private")
            #expect(try await node.admin(.put, path, #"{"visibility": "public"}"#).json()["visibility"] as? String == "public")
            #expect(try await node.admin(.put, path, "{}").json()["visibility"] as? String == "public")
            #expect(try await node.admin(.get, path).json()["api_id"] as? String == id)
            for filter in ["", "?filter%5Bapi_id%5D=\(id)", "?filter%5Bportal_id%5D%5Beq%5D=\(node.portal.id)"] {
                #expect(try await node.admin(.get, "/v3/api-publications\(filter)").data("api_id") == [id])
            }
            #expect(try await node.admin(.get, "/v3/api-publications?filter%5Bapi_id%5D=\(node.portal.id)").total() == 0)
            let wrong = try await node.admin(.get, "/v3/api-publications?filter%5Bapi_id%5D=x")
            #expect(try wrong.invalid() == ["filter[api_id]": "is_uuid"])
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.get, "/v3/api-publications").total() == 0)
            #expect(try await node.admin(.put, "/v3/apis/\(node.portal.id)/publications/\(node.portal.id)", "{}").status == 404)
            #expect(try await node.admin(.put, "/v3/apis/\(id)/publications/\(id)", "{}").status == 404)
            let actions = try await node.auditEntries().map(\.event.action).filter { $0.rawValue.hasPrefix("api.") }
            #expect(actions == [.apiCreated, .apiPublished, .apiVisibilityChanged, .apiUnpublished])
        }
    }
}

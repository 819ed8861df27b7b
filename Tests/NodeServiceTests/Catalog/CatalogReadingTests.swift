import Accounts
import Foundation
import Testing

@Suite("The catalog at the portal API")
struct CatalogReadingTests {
    @Test("a public API is read by id and slug, with its document in every form of the contract")
    func forms() async throws {
        try await TestNode.with { node in
            let api = try await node.publishShips(.public)
            let specification = try #require(api.specification).id.description
            for name in [api.slug, api.id.description] {
                let path = "/api/v3/apis/\(name)"
                let found = try await node.portal(.get, path).json()
                #expect(found["id"] as? String == api.id.description)
                let listed = try #require(found["specifications"] as? [[String: String]])
                #expect(listed == [["id": specification, "type": "oas3"]])
                #expect((found["current_version_summary"] as? [String: Any])?["id"] as? String == specification)
                #expect(try await node.portal(.get, "\(path)/specifications").data("id") == [specification])
                let one = try await node.portal(.get, "\(path)/specifications/\(specification)").json()
                #expect(one as? [String: String] == ["api_type": "oas3", "content": SampleDocument.yaml])
                #expect(try await node.portal(.get, "\(path)/versions").data("version") == ["1.2"])
                let version = try await node.portal(.get, "\(path)/versions/\(specification)").json()
                #expect((version["spec"] as? [String: String])?["content"] == SampleDocument.yaml)
                for raw in ["specifications", "versions"] {
                    let answer = try await node.portal(.get, "\(path)/\(raw)/\(specification)/raw")
                    #expect(answer.body == SampleDocument.yaml)
                    #expect(answer.headers[.contentType] == "application/yaml")
                    #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                    #expect(try await node.portal(.get, "\(path)/\(raw)/\(api.id)").status == 404)
                }
                let actions = try await node.portal(.get, "\(path)/actions").json()
                #expect(
                    actions as? [String: [String: Bool]] == [
                        "actions": ["view": true, "register": false, "view_documentation": true]
                    ])
                #expect(try await node.portal(.get, "\(path)/documents").json()["data"] as? [String] == [])
                #expect(try await node.portal(.get, "\(path)/documents/x").status == 404)
            }
            #expect(try await node.portal(.get, "/api/v3/api-attributes?selected%5Benv%5D=dev").total() == 0)
        }
    }

    @Test("a private API is 404 in every form without a session, and there with one")
    func privacy() async throws {
        try await TestNode.with(autoApprove: true) { node in
            let api = try await node.publishShips(.private)
            let specification = try #require(api.specification).id
            let paths =
                ["", "/actions", "/documents", "/specifications", "/versions"]
                + ["specifications", "versions"].flatMap { ["/\($0)/\(specification)", "/\($0)/\(specification)/raw"] }
            let absent = try await node.portal(.get, "/api/v3/apis/no-such-api").json()["detail"] as? String
            for name in [api.slug, api.id.description] {
                for path in paths {
                    let answer = try await node.portal(.get, "/api/v3/apis/\(name)\(path)")
                    #expect(answer.status == 404, "\(path)")
                    #expect(try answer.json()["detail"] as? String == absent)
                }
            }
            #expect(try await node.portal(.get, "/api/v3/search?q=ships").data("id").isEmpty)
            #expect(try await node.portal(.get, "/api/v3/apis").total() == 0)
            let cookies = try await node.logInNewcomer()
            for path in paths {
                #expect(try await node.portal(.get, "/api/v3/apis/\(api.slug)\(path)", cookies: cookies).status == 200, "\(path)")
            }
            #expect(try await node.portal(.get, "/api/v3/search?q=ships", cookies: cookies).data("id").count == 2)
            let over = try await node.portal(.get, "/api/v3/apis/\(api.slug)", cookies: "portalaccesstoken=ptla_eu_x")
            #expect(over.status == 401)
            let other = try await node.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
            let elsewhere = try await node.flows.catalogReading.entries(in: other, visibleAs: .private, page: PageRequest())
            #expect(elsewhere.total == 0)
        }
    }

    @Test("a search finds APIs and operations in the contract's shapes, part by part")
    func search() async throws {
        try await TestNode.with { node in
            let api = try await node.publishShips(.public)
            let found = try await node.portal(.get, "/api/v3/search?q=ships").json()
            let data = try #require(found["data"] as? [[String: Any]])
            #expect(data.map { $0["type"] as? String } == ["api", "api_specs_operation"])
            let attributes = try #require(data.last?["attributes"] as? [String: String])
            #expect(attributes["operation_key"] == "GET /ships")
            #expect(attributes["operation_id"] == "listShips")
            #expect(attributes["api_slug"] == api.slug)
            #expect((data.last?["relations"] as? [String: String])?["spec_id"] == api.specification?.id.description)
            for (text, names) in [
                ("arrivals", ["Ships in the harbour"]), ("桟橋を", ["桟橋を空ける"]), ("listships GET", ["Ships in the harbour"]),
                ("sh", ["Ships"]), ("nothing", []), ("%22%20OR%20%2A", []),
            ] {
                let q = text.contains("%") ? text : text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                #expect(try await node.portal(.get, "/api/v3/search?q=\(q)").data("name") == names, "\(text)")
            }
            var (path, names): (String?, [String]) = ("/api/v3/search?page%5Bsize%5D=1", [])
            while let next = path {
                let answer = try await node.portal(.get, next)
                names += try answer.data("name")
                let page = try #require((try answer.json()["meta"] as? [String: Any])?["page"] as? [String: Any])
                #expect(page["size"] as? Int == 1)
                #expect(page["previous"] is NSNull)
                path = page["next"] as? String
            }
            #expect(names == ["Ships", "Ships in the harbour", "桟橋を空ける"])
        }
    }

    @Test(
        "a query that the contract does not have is 400 and named",
        arguments: [
            ("search?page%5Bafter%5D=x", "page[after]"), ("search?page%5Bafter%5D=1.2.3", "page[after]"),
            ("search?page%5Bafter%5D=-1", "page[after]"), ("search?page%5Bsize%5D=0", "page[size]"), ("search?x=1", "x"),
            ("search?q=\(String(repeating: "a", count: 201))", "q"), ("apis?sort=slug", "sort"),
            ("apis?filter%5Bcreated_at%5D%5Blt%5D=yesterday", "filter[created_at][lt]"),
            ("apis?filter%5Bslug%5D=x", "filter[slug]"),
        ])
    func wrongQueries(path: String, field: String) async throws {
        try await TestNode.with { node in
            let answer = try await node.portal(.get, "/api/v3/\(path)")
            #expect(answer.status == 400)
            #expect(try Array(answer.invalid().keys) == [field])
        }
    }

    @Test("the list is filtered and sorted")
    func filters() async throws {
        try await TestNode.with { node in
            for (name, version) in [("Beta", "2"), ("alpha", "10"), ("Gamma", nil)] {
                let api = try await node.flows.catalog.create(name: name, version: version, description: nil, by: .operator)
                try await node.flows.catalog.publish(api.id, to: node.portal.id, visibility: .public, by: .operator)
            }
            for (query, names) in [
                ("", ["alpha", "Beta", "Gamma"]), ("sort=name+desc", ["Gamma", "Beta", "alpha"]),
                ("sort=version", ["Gamma", "alpha", "Beta"]), ("filter%5Bname%5D=ALPHA", ["alpha"]),
                ("filter%5Bname%5D%5Bcontains%5D=a&page%5Bsize%5D=2&page%5Bnumber%5D=2", ["Gamma"]),
                ("filter%5Bversion%5D%5Bneq%5D=2", ["alpha", "Gamma"]),
                ("filter%5Bcreated_at%5D%5Bgt%5D=2100-01-01T00:00:00Z", []),
            ] {
                #expect(try await node.portal(.get, "/api/v3/apis?\(query)").data("name") == names, "\(query)")
            }
        }
    }
}

extension TestNode {
    fileprivate func publishShips(_ visibility: Visibility) async throws -> PublishedAPI {
        let api = try await flows.catalog.create(APIDraft(), document: Array(SampleDocument.yaml.utf8), by: .operator)
        try await flows.catalog.publish(api.id, to: portal.id, visibility: visibility, by: .operator)
        return api
    }

    fileprivate func logInNewcomer() async throws -> String {
        let token = try await passwordToken("jane@example.com")
        let password = #"{"token": "\#(token)", "password": "correct horse battery"}"#
        _ = try await portal(.post, "/api/v3/developer/reset-password", password)
        let body = #"{"username": "jane@example.com", "password": "correct horse battery"}"#
        return try await portal(.post, "/api/v3/developer/authenticate", body).cookies
    }
}

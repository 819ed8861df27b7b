import Accounts
import Foundation
import Testing

@Suite("The management API's list of developers")
struct DeveloperListTests {
    /// Ada (approved), Bo (pending), Cy Östermann (rejected), Di (revoked), Una (pending, address not verified).
    private static func withPeople(_ test: (TestNode, _ path: String) async throws -> Void) async throws {
        try await TestNode.with { node in
            for (name, email, status) in [
                ("Ada Lovelace", "ada@example.com", DeveloperStatus.approved), ("Cy Östermann", "Cy@Bücher.example", .rejected),
                ("Di Prince", "di@other.example", .revoked),
            ] {
                _ = try await node.flows.invitation.create(
                    fullName: name, email: email, status: status, sendsMail: false, at: node.portal, by: .operator)
            }
            _ = try await node.passwordToken("bo@example.com")
            try await node.flows.registration.register(fullName: "Una", email: "una@example.com", at: node.portal)
            try await test(node, "/v3/portals/\(node.portal.id)/developers")
        }
    }

    @Test(
        "each operator takes whom it should",
        arguments: [
            ("filter[email]=ADA@example.com", ["ada@example.com"]),
            ("filter[email][eq]=cy@xn--bcher-kva.example", ["Cy@Bücher.example"]),
            ("filter[email][eq]=nobody", []),
            ("filter[email][oeq]=ada@example.com,di@other.example", ["ada@example.com", "di@other.example"]),
            ("filter[email][neq]=ada@example.com&filter[email]=", nil),
            (
                "filter[email][neq]=ada@example.com",
                ["Cy@Bücher.example", "di@other.example", "bo@example.com", "una@example.com"]
            ),
            ("filter[email][contains]=@EXAMPLE", ["ada@example.com", "bo@example.com", "una@example.com"]),
            ("filter[email][ocontains]=other,ada", ["ada@example.com", "di@other.example"]),
            ("filter[name]=ada lovelace", ["ada@example.com"]),
            ("filter[name][contains]=ÖSTER", ["Cy@Bücher.example"]),
            ("filter[name][contains]=%27 OR 1=1", []),
            ("filter[name][oeq]=di prince,una", ["di@other.example", "una@example.com"]),
            ("filter[status]=revoked", ["di@other.example"]),
            ("filter[status][eq]=pending", ["bo@example.com"]),
            ("filter[status][oeq]=approved,pending", ["ada@example.com", "bo@example.com"]),
            ("filter[status][neq]=approved", ["Cy@Bücher.example", "di@other.example", "bo@example.com"]),
            ("filter[status][contains]=ed", ["ada@example.com", "Cy@Bücher.example", "di@other.example"]),
            ("filter[status][ocontains]=pend,revok", ["di@other.example", "bo@example.com"]),
            ("filter[status][contains]=x", []),
            ("filter[status]=approved&filter[name][contains]=love&filter[email][contains]=example", ["ada@example.com"]),
            ("filter[status]=approved&filter[name][contains]=prince", []),
        ] as [(String, [String]?)])
    func operators(query: String, expected: [String]?) async throws {
        try await Self.withPeople { node, path in
            let answer = try await node.admin(.get, "\(path)?\(query.escaped)")
            guard let expected else {
                #expect(answer.status == 400)
                return
            }
            #expect(answer.status == 200)
            #expect(try answer.data("email") == expected)
            #expect(try answer.total() == expected.count)
        }
    }

    @Test(
        "it is sorted by every attribute of the contract, in both directions",
        arguments: [
            ("created_at", ["ada", "Cy", "di", "bo", "una"]), ("created_at desc", ["una", "bo", "di", "Cy", "ada"]),
            ("updated_at asc", ["ada", "Cy", "di", "bo", "una"]), ("email", ["ada", "bo", "Cy", "di", "una"]),
            ("email desc", ["una", "di", "Cy", "bo", "ada"]), ("name", ["ada", "Cy", "di", "bo", "una"]),
            ("status", ["ada", "bo", "una", "Cy", "di"]), ("status desc", ["di", "Cy", "una", "bo", "ada"]),
        ])
    func sorting(sort: String, expected: [String]) async throws {
        try await Self.withPeople { node, path in
            let answer = try await node.admin(.get, "\(path)?sort=\(sort.escaped)")
            #expect(try answer.data("email").map { $0.prefix { $0 != "@" } } == expected.map { $0[...] })
        }
    }

    @Test("pages of a filtered and sorted list follow each other")
    func paging() async throws {
        try await Self.withPeople { node, path in
            let list = "\(path)?filter[email][contains]=example&sort=email desc&page[size]=2&page[number]=".escaped
            let pages = [
                try await node.admin(.get, "\(list)1"), try await node.admin(.get, "\(list)2"),
                try await node.admin(.get, "\(list)3"),
            ]
            let emails = try pages.map { try $0.data("email") }
            #expect(
                emails == [
                    ["una@example.com", "di@other.example"], ["Cy@Bücher.example", "bo@example.com"], ["ada@example.com"],
                ])
            #expect(try pages.map { try $0.total() } == [5, 5, 5])
        }
    }

    @Test(
        "what the contract does not define is 400 and named",
        arguments: [
            ("filter[email][like]=x", ["filter[email][like]": "unknown_property"]),
            ("filter[my_attribute]=x", ["filter[my_attribute]": "unknown_property"]),
            ("filter[full_name]=x", ["filter[full_name]": "unknown_property"]),
            ("filter[status]=famous", ["filter[status]": "enum"]),
            ("filter[status][oeq]=approved,famous", ["filter[status][oeq]": "enum"]),
            ("filter[name]=a&filter[name][contains]=b", ["filter[name][contains]": "invalid"]),
            ("filter[name]=a&filter[name]=b", ["filter[name]": "invalid"]),
            ("filter[name][oeq]=\(Array(repeating: "a", count: 51).joined(separator: ","))", ["filter[name][oeq]": "max"]),
            ("sort=full_name", ["sort": "enum"]), ("sort=name up", ["sort": "enum"]), ("sort=name desc desc", ["sort": "enum"]),
            ("sort=name,email", ["sort": "enum"]), ("sort=", ["sort": "enum"]),
            ("limit=1&page[size]=x", ["limit": "unknown_property", "page[size]": "is_number"]),
        ])
    func undefined(query: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.get, "/v3/portals/\(node.portal.id)/developers?\(query.escaped)")
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
            #expect(answer.body.contains(#""source":"query""#))
            #expect(!answer.body.contains(#""source":"body""#))
        }
    }

    @Test("in a portal of very many, a text that no index finds is 400, with the source query")
    func shortText() async throws {
        try await Self.withPeople { node, path in
            try node.writeToStore("UPDATE developer_count SET developers = \(DeveloperFilter.smallPortal + 1)")
            for field in ["email", "name"] {
                let answer = try await node.admin(.get, "\(path)?filter[\(field)][contains]=ad".escaped)
                #expect(answer.status == 400)
                #expect(try answer.invalid() == ["filter[\(field)]": "min_length"])
                #expect(answer.body.contains(#""source":"query""#))
            }
            let found = try await node.admin(.get, "\(path)?filter[email][contains]=ada".escaped)
            #expect(try found.data("email") == ["ada@example.com"])
        }
    }

    @Test("50 members of a list are taken")
    func members() async throws {
        try await Self.withPeople { node, path in
            let names = (Array(repeating: "nobody", count: 49) + ["Una"]).joined(separator: ",")
            let answer = try await node.admin(.get, "\(path)?filter[name][oeq]=\(names)".escaped)
            #expect(try answer.data("email") == ["una@example.com"])
        }
    }
}

extension String {
    /// With what a URL does not have escaped, such as brackets and spaces; escapes stay as they are.
    var escaped: String {
        let taken = CharacterSet(charactersIn: "%?&=/").union(.urlPathAllowed)
        return addingPercentEncoding(withAllowedCharacters: taken) ?? self
    }
}

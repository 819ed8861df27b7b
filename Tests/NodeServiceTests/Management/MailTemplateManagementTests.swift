import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("The texts of mails by the management API")
struct MailTemplateManagementTests {
    private static func path(_ node: TestNode, _ rest: String) -> String {
        "/v3/portals/\(node.portal.id)/email-templates/\(rest)"
    }

    private static func content(_ answer: TestNode.Answer, _ name: String = "content") throws -> [String: Any] {
        try #require(try answer.json()[name] as? [String: Any])
    }

    @Test("every kind of mail is listed with its usual text in the language that is asked for")
    func defaults() async throws {
        try await TestNode.with { node in
            let names = MailTemplateName.allCases.map(\.rawValue)
            for path in ["/v3/portals/email-templates", "/v3/portals/\(node.portal.id)/email-templates"] {
                #expect(try await node.admin(.get, path).data("name") == names)
            }
            let answer = try await node.admin(.get, "/v3/portals/email-templates/reset-password?language=de")
            let text = try Self.content(answer, "default_content")
            #expect(text["title"] as? String == "Setzen Sie Ihr Passwort zurück")
            #expect((text["body"] as? String)?.contains("{{developer_fullname}}") == true)
            #expect((text["body"] as? String)?.contains("{{link_validity}}") == true)
            let variables = try await node.admin(.get, "/v3/portals/email-templates/variables")
            #expect(try variables.data("name") == MailVariable.allCases.map(\.rawValue))
        }
    }

    @Test("a text is changed in one language, read as it is, and brought back")
    func change() async throws {
        try await TestNode.with { node in
            let path = Self.path(node, "reset-password")
            let fresh = try await node.admin(.get, path)
            #expect(fresh.status == 200)
            #expect(try fresh.json()["content"] is NSNull)
            #expect(try fresh.json()["enabled"] as? Bool == true)

            let body = #"{"content": {"subject": "{{ portal_display_name }}", "body": "a\n\nb"}}"#
            let changed = try await node.admin(.patch, "\(path)?language=fr", body)
            #expect(changed.status == 200)
            #expect(try changed.json()["language"] as? String == "fr")
            #expect(try Self.content(changed)["subject"] as? String == "{{ portal_display_name }}")
            #expect(try Self.content(changed)["title"] is NSNull)
            #expect(try await node.admin(.get, path).json()["content"] is NSNull)
            #expect(try await node.admin(.get, "\(path)?language=fr").body == changed.body)

            #expect(try await node.admin(.delete, "\(path)?language=de").status == 404)
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.delete, path).status == 404)
            #expect(try await node.admin(.get, "\(path)?language=fr").json()["content"] is NSNull)
        }
    }

    @Test("content that is null is as usual again, and leaves whether the mail is sent")
    func contentNull() async throws {
        try await TestNode.with { node in
            let path = Self.path(node, "account-access-approved")
            _ = try await node.admin(.patch, path, #"{"content": {"title": "Ours"}, "enabled": false}"#)
            let answer = try await node.admin(.patch, path, #"{"content": null}"#)
            #expect(try answer.json()["content"] is NSNull)
            #expect(try answer.json()["enabled"] as? Bool == false)
        }
    }

    @Test(
        "what cannot be kept is 400 and named",
        arguments: [
            (#"{"content": {"subject": "{{ application_name }}"}}"#, ["content.subject": "invalid"]),
            (#"{"content": {"title": "", "body": "{{"}}"#, ["content.title": "min_length", "content.body": "invalid"]),
            (
                #"{"content": {"button_label": 7, "footer": "x"}}"#,
                ["content.button_label": "is_string", "content.footer": "unknown_property"]
            ),
            (#"{"content": "x", "enabled": "no"}"#, ["content": "is_object", "enabled": "is_boolean"]),
            (#"{"enabled": false}"#, ["enabled": "invalid"]),
        ])
    func refused(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.patch, Self.path(node, "reset-password"), body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("the reason names the variable that is not there")
    func reason() async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(
                .patch, Self.path(node, "reset-password"), #"{"content": {"body": "{{ application_name }}"}}"#)
            #expect(answer.body.contains("application_name") && answer.body.contains("link_validity"))
        }
    }

    @Test("mails that there are not, and languages that there are not, are refused")
    func unknown() async throws {
        try await TestNode.with { node in
            for name in ["api-key-expired", "nothing"] {
                let own = try await node.admin(.get, Self.path(node, name))
                #expect(own.status == 404)
                let usual = try await node.admin(.get, "/v3/portals/email-templates/\(name)")
                #expect(usual.status == 404)
            }
            let answer = try await node.admin(.get, Self.path(node, "reset-password?language=tlh"))
            #expect(try answer.invalid() == ["language": "enum"])
        }
    }

    @Test("a preview shows the mail as its reader would see it, and sends nothing")
    func preview() async throws {
        try await TestNode.with { node in
            _ = try await node.admin(
                .patch, "/v3/portals/\(node.portal.id)/customization", ##"{"theme": {"colors": {"primary": "#ff0066"}}}"##)
            let body = #"{"content": {"subject": "Hi {{developer_fullname}}", "title": "<T>", "body": "One\nTwo"}}"#
            let answer = try await node.admin(.post, Self.path(node, "reset-password/preview?language=ja"), body)
            #expect(answer.status == 200)
            let mail = try answer.json()
            #expect(mail["subject"] as? String == "Hi Jane Doe")
            let html = try #require(mail["html"] as? String)
            #expect(html.contains("<html lang=\"ja\">") && html.contains("&lt;T&gt;") && html.contains("One<br>Two"))
            let accent = try #require(AccentColor("#ff0066"))
            #expect(html.contains(AccentPalette(accent).light.accent.description))
            #expect((mail["text"] as? String)?.hasPrefix("One\nTwo\n") == true)
            #expect(try await node.store.nextMailDue() == nil)
        }
    }

    @Test("a test is put into the outbox for the admin who asks, twenty times an hour")
    func test() async throws {
        try await TestNode.with { node in
            let path = Self.path(node, "reset-password/send-test-email")
            let body = #"{"content": {"subject": "S", "title": "T", "body": "B"}}"#
            for _ in 0..<20 {
                let answer = try await node.admin(.post, path, body)
                #expect(answer.status == 204)
            }
            let answer = try await node.admin(.post, path, body)
            #expect(answer.status == 429 && answer.headers[.retryAfter] != nil)
            let mails = try await node.store.dueMails(at: Timestamp(milliseconds: .max), limit: 100)
            #expect(mails.count == 20 && mails.allSatisfy { $0.recipient.value == "admin@example.com" })
            let missing = try await node.admin(.post, path, #"{"content": {"subject": "S"}}"#)
            #expect(try missing.invalid() == ["content.title": "required", "content.body": "required"])
            let nothing = try await node.admin(.post, path, "{}")
            #expect(try nothing.invalid() == ["content": "required"])
        }
    }
}

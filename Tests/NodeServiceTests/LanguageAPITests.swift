import Accounts
import HTTPTypes
import Languages
import Testing

@testable import Mail

@Suite("The language of who calls the Portal API", .timeLimit(.minutes(5)))
struct LanguageAPITests {
    private static let jane = "jane@example.com"

    @Test(
        "a registration's mail speaks what Accept-Language wishes for",
        arguments: [
            ("de", Language.german), ("fr-CA, en;q=0.5", .french), ("tlh", nil), ("", nil), (nil, nil),
            ("\u{FF}\u{00}, ;;q=x", nil),
        ] as [(String?, Language?)])
    func wish(field: String?, language: Language?) async throws {
        try await TestNode.with { node in
            let answer = try await register(at: node, field)
            #expect(answer.status == 201)
            #expect(try await mails(of: node).map(\.message.language) == [language])
        }
    }

    @Test("a registration by the API with Accept-Language: de gets a German mail")
    func germanMail() async throws {
        try await TestNode.with { node in
            #expect(try await register(at: node, "de").status == 201)
            let mail = try #require(try await mails(of: node).first)
            let letter = try Letter(MailWording(mail.message))
            #expect(letter.subject == "Bestätigen Sie Ihre E-Mail-Adresse für Acme")
            #expect(letter.text.hasPrefix("Guten Tag Jane Doe,"))
            #expect(letter.html.contains("<html lang=\"de\">"))
        }
    }

    @Test("the answer is the same whatever the address and the wish are, and a verified owner's language stays")
    func sameAnswer() async throws {
        try await TestNode.with { node in
            let new = try await register(at: node, "de")
            let link = try #require(try await mails(of: node).first?.message.verificationLink)
            let token = try #require(link.split(separator: "=").last)
            let verified = try await node.portal(.post, "/api/v3/developer/verify-email", #"{"token": "\#(token)"}"#)
            #expect(verified.status == 202)
            let known = try await register(at: node, "ja")
            #expect(known.status == new.status && known.headers == new.headers && known.body == new.body)
            #expect(try await mails(of: node).map(\.message.language) == [.german, .german])
            let jane = try EmailAddress(Self.jane)
            #expect(try await node.store.developer(with: jane, in: node.portal.id)?.language == .german)
        }
    }

    private func register(at node: TestNode, _ wish: String?) async throws -> TestNode.Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.acceptLanguage] = wish
        return try await node.send(
            .post, "/api/v3/developer", host: TestNode.portalHost, headers: headers,
            body: #"{"full_name": "Jane Doe", "email": "\#(Self.jane)"}"#)
    }

    private func mails(of node: TestNode) async throws -> [OutboxMail] {
        try await node.store.dueMails(at: SystemClock().now, limit: 100)
    }
}

extension AccountMessage {
    fileprivate var verificationLink: String? {
        guard case .verifyEmail(_, let link, _) = content else { return nil }
        return link
    }
}

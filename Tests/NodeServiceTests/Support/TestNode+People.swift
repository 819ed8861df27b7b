import Accounts
import HTTPTypes
import Testing

extension TestNode {
    static let password = "correct horse battery"

    /// Registers, verifies and sets a password; the developer is approved where the portal approves by itself.
    func member(_ email: String) async throws {
        let token = try await passwordToken(email)
        #expect(try await setPassword(Self.password, token: token).status == 204)
    }

    func setPassword(_ password: String, token: String) async throws -> Answer {
        try await portal(
            .post, "/api/v3/developer/reset-password", #"{"token": "\#(token)", "password": "\#(password)"}"#)
    }

    /// One try at logging in.
    ///
    /// - Parameters:
    ///   - cookies: what the client shows, such as an earlier `portaldevice`.
    ///   - address: the client's, as a router tells it.
    func logIn(
        _ email: String, _ password: String = password, cookies: String? = nil, agent: String? = nil, from address: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let cookies { headers[.cookie] = cookies }
        if let agent { headers[.userAgent] = agent }
        if let address { headers[try #require(HTTPField.Name("x-forwarded-for"))] = address }
        return try await send(
            .post, "/api/v3/developer/authenticate", host: Self.portalHost, headers: headers,
            body: #"{"username": "\#(email)", "password": "\#(password)"}"#)
    }

    /// The token in the newest mail that resets a password.
    func resetToken(_ email: String) async throws -> String {
        #expect(try await portal(.post, "/api/v3/developer/forgot-password", #"{"email": "\#(email)"}"#).status == 200)
        let links = try await store.dueMails(at: SystemClock().now, limit: 100).compactMap { mail -> String? in
            guard mail.recipient.value == email, case .resetPassword(_, let link, _) = mail.message.content else { return nil }
            return link
        }
        return String(try #require(links.last?.split(separator: "=").last))
    }
}

extension TestNode.Answer {
    /// One cookie that the answer sets, as a client shows it.
    func cookie(_ name: String) -> String? { cookies.split(separator: "; ").map(String.init).first { $0.hasPrefix("\(name)=") } }

    /// Whether the answer takes the session's cookies away.
    var clearsSession: Bool {
        ["portalaccesstoken", "portalrefreshtoken"].allSatisfy { name in
            headers[values: .setCookie].contains { $0.hasPrefix("\(name)=;") && $0.contains("Max-Age=0") }
        }
    }
}

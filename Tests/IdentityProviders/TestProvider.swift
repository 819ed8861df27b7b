import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A small OpenID provider on loopback for tests: real HTTP, right by default, and wrong in every way that a test asks for.
///
/// ```swift
/// try await TestProvider.serving { provider in
///     provider.update { $0.trick = .unsigned }
///     …provider.issuer…
/// }
/// ```
public final class TestProvider: Sendable {
    /// Who logs in there, and how it behaves.
    public struct Settings: Sendable {
        public var clientID = "portal"
        /// Asked for by both ways of sending it; an assertion is not asked for its key.
        public var clientSecret = "a secret of the test's client"
        public var subject = "jane"
        /// Further claims of the person.
        public var claims: [String: any Sendable] = ["email": "jane@example.com", "name": "Jane Doe"]
        public var session: String? = "session-1"
        /// Whether only the userinfo endpoint tells the claims.
        public var claimsInUserinfoOnly = false
        public var trick: ProviderTrick?
        public var place = ProviderPlace.token
        public var namesKey = true
        /// How far its clock is ahead, in seconds.
        public var clockAhead = 0.0
        public var metadata: [String: any Sendable] = [:]
        /// What it writes otherwise than this one would, in ID tokens and in the keys that it publishes.
        public var changesToken: @Sendable (inout [String: any Sendable]) -> Void = { _ in }
        public var changesKey: @Sendable (inout [String: String]) -> Void = { _ in }
        /// Keys that are not for signing, or that nobody knows.
        public var furtherKeys: [[String: String]] = []
        /// Whether the userinfo answer is a signed token.
        public var signsUserinfo = false
        /// The first signs.
        public var keys: [SigningKey]

        init(keys: [SigningKey]) { self.keys = keys }
    }

    private struct Grant: Sendable {
        let nonce: String
        let challenge: String
        let redirect: String
        let subject: String
        let session: String?
        let claims: [String: any Sendable]
    }

    private struct State: Sendable {
        var settings: Settings
        var issuer = ""
        var grants: [String: Grant] = [:]
        var bearers: [String: Grant] = [:]
        var requests: [String: Int] = [:]
        var codes = 0
    }

    private let state: Mutex<State>

    private init(keys: [SigningKey]) { state = Mutex(State(settings: Settings(keys: keys))) }

    /// Serves until the work is done.
    public static func serving(
        keys: [SigningKey]? = nil, _ work: @Sendable @escaping (TestProvider) async throws -> Void
    ) async throws {
        let provider = TestProvider(keys: try keys ?? [SigningKey(.es256, id: "key-1")])
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: provider.router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? 0)
                continuation.finish()
            }, logger: Logger(label: "provider") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports { provider.state.withLock { $0.issuer = "http://127.0.0.1:\(port)" } }
            defer { group.cancelAll() }
            try await work(provider)
        }
    }

    public var issuer: String { state.withLock { $0.issuer } }

    public func update(_ change: (inout Settings) -> Void) { state.withLock { change(&$0.settings) } }

    /// How often a path was asked for.
    public func requests(of path: String) -> Int { state.withLock { $0.requests[path] ?? 0 } }

    var settings: Settings { state.withLock { $0.settings } }

    /// The keys that it publishes now.
    public var keys: [SigningKey] { settings.keys }

    // MARK: Endpoints

    private var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.get("/.well-known/openid-configuration") { request, _ in
            try await self.answer(request, .discovery) { try self.json(self.metadata) }
        }
        router.get("/keys") { request, _ in
            try await self.answer(request, .keys) { try self.json(["keys": self.publishedKeys()]) }
        }
        router.get("/authorize") { request, _ in self.authorize(request) }
        router.post("/token") { request, _ in
            let body = try await request.body.collect(upTo: 65_536)
            return try await self.answer(request, .token) { try self.redeem(request, String(buffer: body)) }
        }
        router.get("/userinfo") { request, _ in try await self.answer(request, .userinfo) { try self.userinfo(request) } }
        router.get("/elsewhere") { request, _ in
            self.count(request)
            return try self.json(self.metadata)
        }
        return router
    }

    private func publishedKeys() throws -> [[String: String]] {
        let settings = settings
        return try settings.furtherKeys
            + settings.keys.map { key in
                var published = try key.publicKey()
                settings.changesKey(&published)
                return published
            }
    }

    private var metadata: [String: any Sendable] {
        let (issuer, extra) = state.withLock { ($0.issuer, $0.settings.metadata) }
        let own: [String: any Sendable] = [
            "issuer": issuer, "authorization_endpoint": "\(issuer)/authorize", "token_endpoint": "\(issuer)/token",
            "jwks_uri": "\(issuer)/keys", "userinfo_endpoint": "\(issuer)/userinfo", "end_session_endpoint": "\(issuer)/logout",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "authorization_response_iss_parameter_supported": true,
        ]
        return own.merging(extra) { $1 }.filter { !($0.value is NSNull) }
    }

    /// Logs the person in at once and sends the browser back.
    private func authorize(_ request: Request) -> Response {
        count(request)
        let query = request.uri.queryParameters
        let redirect = String(query["redirect_uri"] ?? "")
        let (code, issuer) = state.withLock { state -> (String, String) in
            state.codes += 1
            let code = "code-\(state.codes)"
            state.grants[code] = Grant(
                nonce: String(query["nonce"] ?? ""), challenge: String(query["code_challenge"] ?? ""), redirect: redirect,
                subject: state.settings.subject, session: state.settings.session, claims: state.settings.claims)
            return (code, state.issuer)
        }
        let target = "\(redirect)?code=\(code)&state=\(query["state"] ?? "")&iss=\(issuer)"
        return Response(status: .found, headers: [.location: target])
    }

    private func redeem(_ request: Request, _ body: String) throws -> Response {
        let form = Self.form(body)
        guard accepts(request, form) else { return try json(["error": "invalid_client"], .unauthorized) }
        let verifier = Data(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8))).base64URL
        let grant = state.withLock { $0.grants.removeValue(forKey: form["code"] ?? "") }
        guard let grant, grant.challenge == verifier, grant.redirect == form["redirect_uri"] else {
            return try json(["error": "invalid_grant"], .badRequest)
        }
        let bearer = "bearer-\(UInt64.random(in: 1...UInt64.max))"
        state.withLock { $0.bearers[bearer] = grant }
        var claims: [String: any Sendable] = settings.claimsInUserinfoOnly ? [:] : grant.claims
        claims["sub"] = grant.subject
        claims["nonce"] = grant.nonce
        claims["sid"] = grant.session
        return try json(["id_token": idToken(claims), "access_token": bearer, "token_type": "bearer"])
    }

    private func userinfo(_ request: Request) throws -> Response {
        let bearer = (request.headers[.authorization] ?? "").replacing("Bearer ", with: "")
        guard let grant = state.withLock({ $0.bearers[bearer] }) else {
            return try json(["error": "invalid_token"], .unauthorized)
        }
        let subject = settings.trick == .otherSubject ? "somebody else" : grant.subject
        let told = grant.claims.merging(["sub": subject]) { $1 }
        guard settings.signsUserinfo else { return try json(told) }
        let token = try signed(told.merging(["iss": issuer, "aud": settings.clientID]) { $1 })
        return Response(
            status: .ok, headers: [.contentType: "application/jwt"], body: .init(byteBuffer: ByteBuffer(string: token)))
    }

    private func accepts(_ request: Request, _ form: [String: String]) -> Bool {
        let settings = settings
        if form["client_assertion"] != nil { return form["client_id"] == settings.clientID }
        if form["client_secret"] != nil {
            return form["client_id"] == settings.clientID && form["client_secret"] == settings.clientSecret
        }
        let encoded = [settings.clientID, settings.clientSecret].map {
            $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return request.headers[.authorization] == "Basic \(Data(encoded.joined(separator: ":").utf8).base64EncodedString())"
    }

    // MARK: Answers

    /// Answers rightly, or plays the trick that is set for this place.
    private func answer(_ request: Request, _ place: ProviderPlace, _ right: () throws -> Response) async throws -> Response {
        count(request)
        let settings = settings
        guard settings.place == place else { return try right() }
        switch settings.trick {
        case .slow:
            // Until the client gives up, or the test ends.
            try? await Task.sleep(for: .seconds(60))
            return try right()
        case .garbage: return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "{\"issuer\": [}")))
        case .failing: return Response(status: .internalServerError)
        case .oversized: return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(repeating: 0x20, count: 1_000_000)))
        case .redirecting: return Response(status: .temporaryRedirect, headers: [.location: "\(issuer)/elsewhere"])
        default: return try right()
        }
    }

    private func count(_ request: Request) { state.withLock { $0.requests[request.uri.path, default: 0] += 1 } }

    private func json(_ value: Any, _ status: HTTPResponse.Status = .ok) throws -> Response {
        let data = try JSONSerialization.data(withJSONObject: value)
        return Response(
            status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    private static func form(_ body: String) -> [String: String] {
        var form: [String: String] = [:]
        for pair in body.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            form[String(halves[0])] = halves.count == 2 ? String(halves[1]).removingPercentEncoding : ""
        }
        return form
    }
}

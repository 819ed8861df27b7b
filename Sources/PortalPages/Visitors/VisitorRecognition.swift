import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// Tells from a request's cookies who looks, and renews a session whose access token is over.
struct VisitorRecognition: Sendable {
    struct Recognized {
        let visitor: Visitor
        /// What the browser has to keep from now on.
        var cookies: [HTTPField] = []
    }

    private let sessions: SessionAccess
    private let clock: any WallClock
    private let renewals: SessionRenewals

    init(sessions: SessionAccess, clock: any WallClock) {
        self.sessions = sessions
        self.clock = clock
        renewals = SessionRenewals(sessions: sessions, clock: clock)
    }

    /// - Parameter methods: those for which a session is renewed.
    func recognize(_ request: Request, at portal: Portal, renewingFor methods: Set<HTTPRequest.Method>) async throws -> Recognized
    {
        guard portal.settings.authenticationEnabled else { return Recognized(visitor: .anonymous) }
        let tokens = SessionCookies.tokens(in: request)
        if let session = try await session(showing: tokens.access, at: portal) {
            return Recognized(visitor: .developer(session))
        }
        guard let refresh = tokens.refresh, methods.contains(request.method), !Self.isPrefetch(request) else {
            return Recognized(visitor: .anonymous)
        }
        guard let renewed = try await renewals.renew(refresh, at: portal),
            let session = try await session(showing: renewed.access.value, at: portal)
        else { return Recognized(visitor: .anonymous, cookies: SessionCookies.clearing) }
        return Recognized(visitor: .developer(session), cookies: SessionCookies.setting(renewed, now: clock.now))
    }

    private func session(showing token: String?, at portal: Portal) async throws -> OpenSession? {
        guard let token else { return nil }
        do {
            return try await sessions.session(showing: token, at: portal)
        } catch AccountError.notAuthenticated {
            return nil
        }
    }

    /// A browser may throw the answer to a prefetch away, and with it the new tokens.
    private static func isPrefetch(_ request: Request) -> Bool {
        let purposes = ["Sec-Purpose", "Purpose", "X-Moz"].compactMap { HTTPField.Name($0).flatMap { request.headers[$0] } }
        return purposes.contains { $0.lowercased().contains("prefetch") }
    }
}

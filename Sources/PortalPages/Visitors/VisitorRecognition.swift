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

    func recognize(_ request: Request, at portal: Portal) async throws -> Recognized {
        guard portal.settings.authenticationEnabled else { return Recognized(visitor: .anonymous) }
        let tokens = SessionCookies.tokens(in: request)
        if let developer = try await developer(showing: tokens.access, at: portal) {
            return Recognized(visitor: .developer(developer))
        }
        guard let refresh = tokens.refresh, Self.mayRenew(request) else { return Recognized(visitor: .anonymous) }
        guard let renewed = try await renewals.renew(refresh, at: portal),
            let developer = try await developer(showing: renewed.access.value, at: portal)
        else { return Recognized(visitor: .anonymous, cookies: SessionCookies.clearing) }
        return Recognized(visitor: .developer(developer), cookies: SessionCookies.setting(renewed, now: clock.now))
    }

    private func developer(showing token: String?, at portal: Portal) async throws -> Developer? {
        guard let token else { return nil }
        do {
            return try await sessions.developer(showing: token, at: portal)
        } catch AccountError.notAuthenticated {
            return nil
        }
    }

    /// Only for a page that somebody opens: a browser may throw the answer to a prefetch away, and with it the new tokens.
    private static func mayRenew(_ request: Request) -> Bool {
        guard request.method == .get else { return false }
        let purposes = ["Sec-Purpose", "Purpose", "X-Moz"].compactMap { HTTPField.Name($0).flatMap { request.headers[$0] } }
        return !purposes.contains { $0.lowercased().contains("prefetch") }
    }
}

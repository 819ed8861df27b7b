import Accounts
import Crypto
import Foundation

/// Renews sessions once where a browser asks several times at one moment.
///
/// A browser that restores its tabs opens several pages with the same refresh token. Only one of them can use it; the others
/// would count as theft and end the session. So those who come at the same time, and for a few seconds after it, get the
/// same new tokens. Beyond that a second use is what it is: the session ends.
actor SessionRenewals {
    static let overlap = Duration.seconds(5)

    private struct Key: Hashable {
        let portal: PortalID
        let token: SHA256Digest
    }

    private struct Renewal {
        let tokens: Task<SessionTokens?, any Error>
        let startedAt: Timestamp
    }

    private let sessions: SessionAccess
    private let clock: any WallClock
    private var renewals: [Key: Renewal] = [:]

    init(sessions: SessionAccess, clock: any WallClock) {
        self.sessions = sessions
        self.clock = clock
    }

    /// The new tokens; nil where the refresh token opens nothing.
    func renew(_ refreshToken: String, at portal: Portal) async throws -> SessionTokens? {
        let now = clock.now
        let key = Key(portal: portal.id, token: SHA256.hash(data: Data(refreshToken.utf8)))
        forgetOldRenewals(at: now)
        if let renewal = renewals[key] { return try await renewal.tokens.value }
        let sessions = sessions
        let tokens = Task<SessionTokens?, any Error> {
            do {
                return try await sessions.refresh(showing: refreshToken, at: portal)
            } catch AccountError.notAuthenticated {
                return nil
            }
        }
        renewals[key] = Renewal(tokens: tokens, startedAt: now)
        let result = await tokens.result
        // Only what succeeded is worth keeping, so that wrong tokens cost no memory.
        if case .success(.some) = result { return try result.get() }
        renewals[key] = nil
        return try result.get()
    }

    private func forgetOldRenewals(at now: Timestamp) {
        renewals = renewals.filter { now < $0.value.startedAt.adding(Self.overlap) }
    }
}

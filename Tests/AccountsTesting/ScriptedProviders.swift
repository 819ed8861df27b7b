import Accounts
import Synchronization

/// Identity providers that say what a test wants them to say.
package final class ScriptedProviders: IdentityProviderClient {
    private struct State {
        var people: [String: Result<ProvenIdentity, SignOnError>] = [:]
        var asked: [SignOnRequest] = []
        var logOuts: [String: ProviderLogOut] = [:]
        var secrets: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// What the provider answers for a code.
    package func answer(_ code: String, with result: Result<ProvenIdentity, SignOnError>) {
        state.withLock { $0.people[code] = result }
    }

    package func tell(_ token: String, _ logOut: ProviderLogOut) { state.withLock { $0.logOuts[token] = logOut } }

    /// What went to the provider with browsers, oldest first.
    package var requests: [SignOnRequest] { state.withLock { $0.asked } }

    /// The secrets by which the portal proved who it is.
    package var secrets: [String] { state.withLock { $0.secrets } }

    package func address(for request: SignOnRequest, at provider: ProviderAccess) async throws -> String {
        state.withLock { $0.asked.append(request) }
        return "\(provider.provider.issuer)/authorize?state=\(request.state)"
    }

    package func identity(for answer: SignOnAnswer, at provider: ProviderAccess) async throws -> ProvenIdentity {
        let result = state.withLock { state in
            state.secrets.append(provider.secret)
            return state.people[answer.code]
        }
        guard let result else { throw SignOnError.providerUntrusted(.codeRefused) }
        return try result.get()
    }

    package func logOutAddress(idToken: String, returningTo address: String, at provider: ProviderAccess) async -> String? {
        "\(provider.provider.issuer)/logout?hint=\(idToken)&to=\(address)"
    }

    package func logOut(_ token: String, at provider: ProviderAccess) async throws -> ProviderLogOut {
        guard let told = state.withLock({ $0.logOuts[token] }) else { throw SignOnError.providerUntrusted(.noLogOut) }
        return told
    }

    package func examine(_ provider: ProviderAccess, returningTo address: String) async -> [ExaminedStep] {
        [ExaminedStep(.address), ExaminedStep(.discovery, fault: .unreachable)]
    }
}

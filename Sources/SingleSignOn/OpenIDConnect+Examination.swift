import Accounts
import Foundation

extension OpenIDConnect {
    /// Tries address, metadata, keys, the log-in page and the client's authentication, and stops where something fails.
    ///
    /// The client's id and secret are tried with a code that nobody was given: a provider that accepts the client refuses the code.
    public func examine(_ access: ProviderAccess, returningTo address: String) async -> [ExaminedStep] {
        var steps: [ExaminedStep] = []
        var metadata: ProviderMetadata?
        let request = SignOnRequest(
            redirectAddress: address, state: "examination", nonce: "examination", codeVerifier: String(repeating: "e", count: 43))
        let trials: [(ExaminedStep.Name, () async throws -> Void)] = [
            (.address, { _ = try ProviderAddress(access.provider.issuer, rules: http.rules) }),
            (.discovery, { metadata = try await ProviderDirectory.metadata(of: access.provider.issuer, over: http) }),
            (
                .keys,
                {
                    guard let metadata, try await ProviderDirectory.keys(at: metadata, over: http).hasUsableKey else {
                        throw ProviderFault.noUsableKey
                    }
                }
            ),
            (.logInPage, { try await self.tryLogInPage(metadata, request, at: access) }),
            (.clientAuthentication, { try await self.tryClient(metadata, request, at: access) }),
        ]
        for (name, trial) in trials {
            do {
                try await trial()
                steps.append(ExaminedStep(name))
            } catch {
                return steps + [ExaminedStep(name, fault: error as? ProviderFault ?? .failed)]
            }
        }
        return steps
    }

    /// A provider shows its form or sends the browser on to it. That it does not know the client or the redirect address it says by 4xx, or
    /// by sending the browser straight back.
    private func tryLogInPage(_ metadata: ProviderMetadata?, _ request: SignOnRequest, at access: ProviderAccess) async throws {
        guard let metadata else { throw ProviderFault.missingEndpoint }
        let address = try Self.logInAddress(metadata.authorizationEndpoint, request, at: access, rules: http.rules)
        do {
            let answer = try await http.page(address)
            if answer.status >= 400 { throw answer.status < 500 ? ProviderFault.clientRefused : ProviderFault.failed }
            if let location = answer.location, location.hasPrefix(request.redirectAddress), location.contains("error=") {
                throw ProviderFault.clientRefused
            }
        } catch ProviderFault.tooLarge {
            // A page is there; how long it is does not matter.
        }
    }

    private func tryClient(_ metadata: ProviderMetadata?, _ request: SignOnRequest, at access: ProviderAccess) async throws {
        guard let metadata else { throw ProviderFault.missingEndpoint }
        let trial = try await TokenRequest(
            code: "examination", request: request, at: access, endpoint: metadata.tokenEndpoint, now: clock.now)
        let answer = try await http.post(metadata.tokenEndpoint, form: trial.form, authorization: trial.authorization)
        let fault = Self.refusal(answer)
        guard fault == .codeRefused else { throw fault }
    }
}

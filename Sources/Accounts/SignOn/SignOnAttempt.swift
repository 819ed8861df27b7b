import Foundation
import Geography

/// A log-in through a provider that a browser has begun: what has to fit when it comes back.
///
/// The browser keeps it, sealed, and brings it back together with the `state`; so whoever begins many log-ins and finishes none takes no
/// room here, and pushes nobody out. The store keeps only which ones were used.
struct SignOnAttempt {
    let provider: IdentityProviderID
    let expiresAt: Timestamp
    let secrets: SignOnSecrets

    init(provider: IdentityProviderID, expiresAt: Timestamp, secrets: SignOnSecrets) {
        self.provider = provider
        self.expiresAt = expiresAt
        self.secrets = secrets
    }

    /// - Throws: ``StoreError/corrupt(_:)``.
    init(text: String) throws {
        let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 3, let provider = IdentityProviderID(lines[0]), let moment = Int64(lines[1]) else {
            throw StoreError.corrupt("an attempt of single sign-on that cannot be read")
        }
        self.provider = provider
        expiresAt = Timestamp(milliseconds: moment)
        secrets = try SignOnSecrets(text: lines[2])
    }

    var text: String { "\(provider)\n\(expiresAt.milliseconds)\n\(secrets.text)" }
}

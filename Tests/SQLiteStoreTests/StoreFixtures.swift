import Accounts
import Foundation
import Geography
import Logging

/// What tests put into a store.
enum StoreFixtures {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let mint = Mint(geo: .eu, clock: SystemClock())

    static func portal(_ slug: String = "acme") throws -> Portal {
        Portal(id: mint.id(), slug: try PortalSlug(slug), name: slug, displayName: slug, createdAt: now, updatedAt: now)
    }

    static func developer(_ address: String, at portal: Portal, name: String = "Jane Doe") throws -> Developer {
        Developer(
            id: mint.id(), portal: portal.id, email: try EmailAddress(address), fullName: try FullName(name), createdAt: now,
            updatedAt: now)
    }

    static func mail(to address: String = "jane@example.com") throws -> OutboxMail {
        let content = AccountMessage.Content.approved(name: "Jane", logInLink: "https://acme.example/login")
        let message = AccountMessage(portalName: "Acme", portalLink: "https://acme.example", content: content)
        return OutboxMail(id: mint.id(), recipient: try EmailAddress(address), message: message, createdAt: now)
    }
}

extension AccountStore {
    /// Writes a new developer with mails.
    func add(_ developer: Developer, mails: [OutboxMail] = []) async throws {
        try await step(on: .developer(developer.id), in: developer.portal) { _ in
            var change = AccountChange(developer: developer)
            change.mails = mails
            return AccountDecision(change)
        }
    }
}

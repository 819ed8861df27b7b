import Accounts
import Foundation
import Languages

/// What stands in a kept store and cannot be known from the test: the secrets that were handed out while it was made.
struct FixtureFacts: Codable {
    /// Milliseconds since 1970.
    var madeAt: Int64 = 0
    var accessToken = ""
    var refreshToken = ""
    var usedRefreshToken = ""
    /// Mailed to `pending@example.com`, not used.
    var verificationToken = ""
    /// Mailed to `reset@example.com`, not used.
    var resetToken = ""
    var adminToken = ""
    var revokedAdminToken = ""
    var developerID = ""
    var auditHead = ""
    /// What the second version brought; nil in a store of the first.
    var second: SecondVersion?

    static let password = "The-same-in-every-fixture-7"

    struct SecondVersion: Codable {
        /// Of the portal "acme"; its secret is sealed.
        let providerID: String
        let welcome: String
        let mailSubject: String
        /// Of jane.
        let language: Language
        /// Chooses the console's password of `owner@example.com`, not used.
        let consoleLink: String
    }

    /// A moment after the store was made.
    var clock: FixtureClock { FixtureClock(now: Timestamp(milliseconds: madeAt + 60_000)) }
}

struct FixtureClock: WallClock {
    let now: Timestamp
}

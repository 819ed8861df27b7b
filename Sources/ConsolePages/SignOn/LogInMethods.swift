import Accounts

/// The ways into a portal, as its form has them.
struct LogInMethods {
    let passwords: Bool
    let singleSignOn: Bool

    init(passwords: Bool, singleSignOn: Bool) {
        self.passwords = passwords
        self.singleSignOn = singleSignOn
    }

    init(_ portal: Portal) {
        self.init(
            passwords: portal.settings.passwordsEnabled, singleSignOn: portal.settings.identityProvider != nil)
    }
}

import Languages

/// The forms of a portal. A token that was made for one of them is no good for another.
enum FormPurpose: String, CaseIterable {
    case register
    case logIn = "log-in"
    case verifyEmail = "verify-email"
    case setPassword = "set-password"
    case forgotPassword = "forgot-password"
    case logOut = "log-out"
    case changeName = "change-name"
    case changePassword = "change-password"
    case endSession = "end-session"
    case deleteAccount = "delete-account"

    func title(in book: Phrasebook) -> String {
        switch self {
        case .register: book["portal.register.title"]
        case .logIn: book["portal.login.title"]
        case .verifyEmail: book["portal.verify.title"]
        case .setPassword: book["portal.password.title"]
        case .forgotPassword: book["portal.forgot.title"]
        case .logOut: book["portal.logout.title"]
        case .changeName, .changePassword, .endSession: book["portal.account.title"]
        case .deleteAccount: book["portal.deletion.title"]
        }
    }

    /// The path that takes the form.
    var action: String {
        switch self {
        case .register: "/register"
        case .logIn: "/login"
        case .verifyEmail: "/verify-email"
        case .setPassword: "/reset-password"
        case .forgotPassword: "/forgot-password"
        case .logOut: "/logout"
        case .changeName: "/account/name"
        case .changePassword: "/account/password"
        case .endSession: "/account/sessions"
        case .deleteAccount: "/account/delete"
        }
    }

    /// What is typed into it, from top to bottom.
    var fields: [FormField] {
        switch self {
        case .register: [.fullName, .email]
        case .logIn: [.email, .password]
        case .setPassword, .deleteAccount: [.password]
        case .forgotPassword: [.email]
        case .changeName: [.fullName]
        case .changePassword: [.currentPassword, .newPassword]
        case .verifyEmail, .logOut, .endSession: []
        }
    }

    var template: PageTemplate {
        switch self {
        case .register: .register
        case .logIn: .login
        case .verifyEmail: .verify
        case .setPassword: .password
        case .forgotPassword: .forgot
        case .logOut: .logout
        case .changeName, .changePassword, .endSession: .account
        case .deleteAccount: .deletion
        }
    }

    /// The text on the button.
    func button(in book: Phrasebook) -> String {
        switch self {
        case .register: book["portal.register.button"]
        case .logIn: book["portal.login.button"]
        case .verifyEmail: book["portal.verify.button"]
        case .setPassword: book["portal.password.button"]
        case .forgotPassword: book["portal.forgot.button"]
        case .logOut: book["portal.logout.button"]
        case .changeName: book["portal.account.saveName"]
        case .changePassword: book["portal.account.changePassword"]
        case .endSession: book["portal.account.endSession"]
        case .deleteAccount: book["portal.deletion.button"]
        }
    }

    /// Whether what it does cannot be undone.
    var isDestructive: Bool { self == .deleteAccount }
}

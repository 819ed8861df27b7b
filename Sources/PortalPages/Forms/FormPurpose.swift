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

    var title: String {
        switch self {
        case .register: "Sign up"
        case .logIn: "Log in"
        case .verifyEmail: "Verify your address"
        case .setPassword: "Choose a password"
        case .forgotPassword: "Forgot your password?"
        case .logOut: "Log out"
        case .changeName, .changePassword, .endSession: "Your account"
        case .deleteAccount: "Delete your account"
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
    var button: String {
        switch self {
        case .register: "Create account"
        case .logIn: "Log in"
        case .verifyEmail: "Verify my address"
        case .setPassword: "Save password"
        case .forgotPassword: "Send the link"
        case .logOut: "Log out everywhere"
        case .changeName: "Save name"
        case .changePassword: "Change password"
        case .endSession: "End session"
        case .deleteAccount: "Delete my account"
        }
    }

    /// Whether what it does cannot be undone.
    var isDestructive: Bool { self == .deleteAccount }
}

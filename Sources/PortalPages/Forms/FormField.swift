/// A thing that people type, by the name that the contracts give it.
enum FormField: String, CaseIterable {
    case fullName = "full_name"
    case email
    case password
    case currentPassword = "current_password"
    case newPassword = "new_password"

    var label: String {
        switch self {
        case .fullName: "Full name"
        case .email: "E-mail address"
        case .password: "Password"
        case .currentPassword: "Current password"
        case .newPassword: "New password"
        }
    }

    /// Never shown again once it was typed.
    var isSecret: Bool {
        switch self {
        case .fullName, .email: false
        case .password, .currentPassword, .newPassword: true
        }
    }

    /// What the field means to a browser and to a password manager (HTML, section 4.10.18.7.1).
    func autocomplete(in form: FormPurpose) -> String {
        switch (self, form) {
        case (.fullName, _): "name"
        case (.email, .logIn): "username"
        case (.email, _): "email"
        case (.password, .logIn), (.password, .deleteAccount), (.currentPassword, _): "current-password"
        case (.password, _), (.newPassword, _): "new-password"
        }
    }

    /// What helps before something goes wrong.
    func hint(in form: FormPurpose) -> String? {
        switch (self, form) {
        case (.email, .register): "We send a link there, to make sure that it is yours."
        case (.password, .setPassword), (.newPassword, _): "8 to 128 characters."
        default: nil
        }
    }
}

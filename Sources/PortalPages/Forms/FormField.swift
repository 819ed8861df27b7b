/// A thing that people type, by the name that the contracts give it.
enum FormField: String, CaseIterable {
    case fullName = "full_name"
    case email
    case password

    var label: String {
        switch self {
        case .fullName: "Full name"
        case .email: "E-mail address"
        case .password: "Password"
        }
    }

    /// Never shown again once it was typed.
    var isSecret: Bool { self == .password }

    /// What the field means to a browser and to a password manager (HTML, section 4.10.18.7.1).
    func autocomplete(in form: FormPurpose) -> String {
        switch (self, form) {
        case (.fullName, _): "name"
        case (.email, .logIn): "username"
        case (.email, _): "email"
        case (.password, .logIn): "current-password"
        case (.password, _): "new-password"
        }
    }

    /// What helps before something goes wrong.
    func hint(in form: FormPurpose) -> String? {
        switch (self, form) {
        case (.email, .register): "We send a link there, to make sure that it is yours."
        case (.password, .setPassword): "8 to 128 characters."
        default: nil
        }
    }
}

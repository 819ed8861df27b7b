import Languages

/// A thing that people type, by the name that the contracts give it.
enum FormField: String, CaseIterable {
    case fullName = "full_name"
    case email
    case password
    case currentPassword = "current_password"
    case newPassword = "new_password"

    func label(in book: Phrasebook) -> String {
        switch self {
        case .fullName: book["portal.fields.fullName"]
        case .email: book["portal.fields.email"]
        case .password: book["portal.fields.password"]
        case .currentPassword: book["portal.fields.currentPassword"]
        case .newPassword: book["portal.fields.newPassword"]
        }
    }

    /// What asks for the field where nothing was typed.
    func request(in book: Phrasebook) -> String {
        switch self {
        case .fullName: book["portal.fieldErrors.enterFullName"]
        case .email: book["portal.fieldErrors.enterEmail"]
        case .password: book["portal.fieldErrors.enterPassword"]
        case .currentPassword: book["portal.fieldErrors.enterCurrentPassword"]
        case .newPassword: book["portal.fieldErrors.enterNewPassword"]
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
    func hint(in form: FormPurpose, _ book: Phrasebook) -> String? {
        switch (self, form) {
        case (.email, .register): book["portal.fields.emailHint"]
        case (.password, .setPassword), (.newPassword, _): book["portal.fields.passwordHint"]
        default: nil
        }
    }
}

import Accounts
import Languages
import WebPages

/// The forms before the log-in. A token that was made for one of them is no good for another.
enum EntryForm: String, CaseIterable {
    case logIn = "login"
    case secondFactor = "second-factor"
    case password
    case forgotPassword = "forgot-password"

    var action: String { "/\(rawValue)" }

    func title(in book: Phrasebook) -> String {
        switch self {
        case .logIn: book["console.login.title"]
        case .secondFactor: book["console.factor.title"]
        case .password: book["console.password.title"]
        case .forgotPassword: book["console.forgot.title"]
        }
    }

    func lead(in book: Phrasebook) -> String {
        switch self {
        case .logIn: book["console.login.lead"]
        case .secondFactor: book["console.factor.lead"]
        case .password: book["console.password.lead"]
        case .forgotPassword: book["console.forgot.lead"]
        }
    }

    func button(in book: Phrasebook) -> String {
        switch self {
        case .logIn: book["console.login.button"]
        case .secondFactor: book["console.factor.button"]
        case .password: book["console.password.button"]
        case .forgotPassword: book["console.forgot.button"]
        }
    }

    /// - Parameter typed: the address, for showing it again; what is secret never is.
    func fields(_ typed: String, refused message: PageMessage?, in book: Phrasebook) -> [FieldView] {
        let email = FieldView(
            "email", label: book["console.fields.email"], autocomplete: "username", isAddress: true,
            value: typed, refused: message, in: book)
        return switch self {
        case .logIn:
            [
                email,
                FieldView(
                    "password", label: book["console.fields.password"], type: "password", autocomplete: "current-password",
                    refused: message, in: book),
            ]
        case .secondFactor:
            [
                FieldView(
                    "code", label: book["console.fields.code"], autocomplete: "one-time-code",
                    hint: book["console.factor.hint"], refused: message, in: book)
            ]
        case .password:
            [
                FieldView(
                    "password", label: book["console.fields.newPassword"], type: "password", autocomplete: "new-password",
                    hint: book["console.password.hint"], refused: message, in: book)
            ]
        case .forgotPassword: [email]
        }
    }
}

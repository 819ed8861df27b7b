import Accounts
import WebPages

/// What somebody types for a new token of an admin.
struct NewTokenForm {
    static let usualDays = 90
    static let mostDays = 3650

    let name: String
    let expiresAt: Timestamp

    /// - Throws: ``AccountError/invalidFields(_:)`` for `days`.
    init(_ form: FormFields, now: Timestamp) throws {
        name = form["name"]
        guard let days = Int(form["days"]), (1...Self.mostDays).contains(days) else {
            throw AccountError.invalidField(.invalid("days", "must be a number from 1 to \(Self.mostDays)"))
        }
        expiresAt = now.adding(.seconds(days * 24 * 3600))
    }
}

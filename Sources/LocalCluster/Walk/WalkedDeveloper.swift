import Foundation

/// Somebody who signs up in one geo, with an address and passwords that nobody else has.
struct WalkedDeveloper: Sendable {
    let name: String
    let email: String
    let password: String
    let newPassword: String

    init(geo: String) {
        let word = UUID().uuidString.lowercased()
        name = "Walker of \(geo)"
        email = "walker-\(word.prefix(8))@example.com"
        password = "first \(word)"
        newPassword = "second \(word)"
    }
}

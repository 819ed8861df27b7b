import Accounts
import HTTPConventions

/// The contract's `Developer`.
struct WireDeveloper: Encodable {
    let id: String
    let email: String
    let fullName: String
    let createdAt: String
    let updatedAt: String

    init(_ developer: Developer) {
        id = developer.id.description
        email = developer.email.value
        fullName = developer.fullName.value
        createdAt = developer.createdAt.wire
        updatedAt = developer.updatedAt.wire
    }
}

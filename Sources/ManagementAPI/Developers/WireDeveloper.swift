import Accounts
import HTTPConventions

/// The contract's `PortalDeveloper`.
struct WireDeveloper: Encodable {
    let id: String
    let email: String
    let fullName: String
    let status: String
    let createdAt: String
    let updatedAt: String

    init(_ developer: Developer) {
        id = developer.id.description
        email = developer.email.value
        fullName = developer.fullName.value
        status = developer.status.rawValue
        createdAt = developer.createdAt.wire
        updatedAt = developer.updatedAt.wire
    }
}

import Accounts
import Foundation
import GRDB

extension IdentityProvider {
    init(row: Row) throws {
        let secret: Data? = try row.optional("secret")
        let scopes: String = try row.value("scopes")
        self.init(
            id: try row.id("id"), portal: try row.id("portal"), issuer: try row.value("issuer"),
            clientID: try row.value("client_id"), secret: secret.map { SealedText(Array($0)) },
            authentication: try row.choice("authentication"), scopes: scopes.split(separator: " ").map(String.init),
            claims: ClaimMappings(
                name: try row.value("name_claim"), email: try row.value("email_claim"), groups: try row.value("groups_claim")),
            linksVerifiedAddresses: try row.value("links_verified_addresses"), createdAt: try row.time("created_at"),
            updatedAt: try row.time("updated_at"))
    }

    /// Every column by its name.
    var values: [String: (any DatabaseValueConvertible)?] {
        [
            "id": id.stored, "portal": portal.stored, "issuer": issuer, "client_id": clientID, "secret": secret?.stored,
            "authentication": authentication.rawValue, "scopes": scopes.joined(separator: " "), "name_claim": claims.name,
            "email_claim": claims.email, "groups_claim": claims.groups, "links_verified_addresses": linksVerifiedAddresses,
            "created_at": createdAt.milliseconds, "updated_at": updatedAt.milliseconds,
        ]
    }
}

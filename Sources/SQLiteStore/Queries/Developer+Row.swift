import Accounts
import GRDB
import Languages

extension Developer {
    init(row: Row) throws {
        let stored: String? = try row.optional("password_hash")
        let hash = stored.flatMap(PasswordHash.init(phc:))
        guard (hash == nil) == (stored == nil) else { throw StoreError.corrupt("no password hash in column password_hash") }
        self.init(
            id: try row.id("id"), portal: try row.id("portal"),
            email: EmailAddress(stored: try row.value("email"), key: try row.value("email_key")),
            fullName: FullName(stored: try row.value("full_name")), status: try row.choice("status"),
            verifiedAt: try row.optionalTime("verified_at"), passwordHash: hash, origin: try Self.origin(row),
            language: try Self.language(row), createdAt: try row.time("created_at"),
            updatedAt: try row.time("updated_at"))
    }

    /// The column of the first version knows two words only; what came after is beside it.
    private static func origin(_ row: Row) throws -> DeveloperOrigin {
        let isBySignOn: Bool = try row.value("by_sign_on")
        return isBySignOn ? .singleSignOn : try row.choice("origin")
    }

    /// A language that this version does not speak is as good as none: it must not keep a developer out.
    private static func language(_ row: Row) throws -> Language? {
        let tag: String? = try row.optional("language")
        return tag.flatMap(Language.init(rawValue:))
    }

    /// Every column that the domain decides, by its name.
    var values: [String: (any DatabaseValueConvertible)?] {
        [
            "id": id.stored, "portal": portal.stored, "email": email.value, "email_key": email.key,
            "full_name": fullName.value, "name_key": fullName.key,
            "origin": origin == .singleSignOn ? DeveloperOrigin.registration.rawValue : origin.rawValue,
            "by_sign_on": origin == .singleSignOn, "status": status.rawValue,
            "verified_at": verifiedAt?.milliseconds,
            "password_hash": passwordHash?.phc, "language": language?.tag, "created_at": createdAt.milliseconds,
            "updated_at": updatedAt.milliseconds,
        ]
    }
}

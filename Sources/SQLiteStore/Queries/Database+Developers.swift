import Accounts
import GRDB

extension Database {
    /// The row of one developer, with what the store alone knows of it (`status_mailed_at`).
    func developerRow(_ id: DeveloperID, in portal: PortalID) throws -> Row? {
        try row("SELECT * FROM developer WHERE id = ? AND portal = ?", [id.stored, portal.stored])
    }

    func developerRow(with email: EmailAddress, in portal: PortalID) throws -> Row? {
        try row("SELECT * FROM developer WHERE portal = ? AND email_key = ?", [portal.stored, email.key])
    }

    func developers(in portal: PortalID, matching filter: DeveloperFilter, page: PageRequest) throws -> Page<Developer> {
        let condition = filter.condition
        var arguments: StatementArguments = ["portal": portal.stored]
        let total = try count("SELECT count(*) FROM developer WHERE portal = :portal\(condition)", arguments)
        arguments += ["limit": page.size, "offset": page.offset]
        let rows = try rows(
            "SELECT * FROM developer WHERE portal = :portal\(condition) ORDER BY id LIMIT :limit OFFSET :offset", arguments)
        return Page(elements: try rows.map(Developer.init(row:)), total: total)
    }

    /// Writes the developer over the one with its id, or as a new one.
    ///
    /// - Throws: ``AccountError/conflict(_:)`` where the address is another developer's of this portal.
    func save(_ developer: Developer) throws {
        do {
            try run(
                """
                UPDATE developer SET
                    email = :email, email_key = :email_key, full_name = :full_name, status = :status,
                    verified_at = :verified_at, password_hash = :password_hash, created_at = :created_at,
                    updated_at = :updated_at
                WHERE id = :id AND portal = :portal
                """, StatementArguments(developer.values))
            guard changesCount == 0 else { return }
            try run(
                """
                INSERT INTO developer (
                    id, portal, email, email_key, full_name, status, verified_at, password_hash, created_at, updated_at)
                VALUES (
                    :id, :portal, :email, :email_key, :full_name, :status, :verified_at, :password_hash, :created_at,
                    :updated_at)
                """, StatementArguments(developer.values))
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw AccountError.conflict("There is a developer with this address already.")
        }
    }

    /// Deletes a developer with its tokens, sessions and mails.
    func delete(_ developer: DeveloperID, in portal: PortalID) throws {
        try run("DELETE FROM developer WHERE id = ? AND portal = ?", [developer.stored, portal.stored])
    }

    func remember(statusMailedAt moment: Timestamp, to developer: DeveloperID) throws {
        try run("UPDATE developer SET status_mailed_at = ? WHERE id = ?", [moment.milliseconds, developer.stored])
    }
}

extension DeveloperFilter {
    /// What follows `portal = …`; its few forms are what the indexes of the table are made for.
    fileprivate var condition: String {
        var condition = ""
        if let status { condition += " AND status = '\(status.rawValue)'" }
        // Who has not proved the address is not yet waiting for anybody's approval.
        if status == .pending { condition += " AND verified_at IS NOT NULL" }
        if let isVerified { condition += isVerified ? " AND verified_at IS NOT NULL" : " AND verified_at IS NULL" }
        return condition
    }
}

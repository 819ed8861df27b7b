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

    /// Writes the developer over the one with its id, or as a new one.
    ///
    /// - Parameter known: what the step has found, so that a new developer is not looked for again.
    /// - Throws: ``AccountError/conflict(_:)`` where the address is another developer's of this portal.
    func save(_ developer: Developer, over known: Developer?) throws {
        do {
            guard known?.id == developer.id, let place = try place(of: developer.id, in: developer.portal) else {
                return try insert(developer)
            }
            try run(
                """
                UPDATE developer SET
                    email = :email, email_key = :email_key, full_name = :full_name, name_key = :name_key, status = :status,
                    origin = :origin, by_sign_on = :by_sign_on, verified_at = :verified_at, password_hash = :password_hash, language = :language, created_at = :created_at,
                    updated_at = :updated_at
                WHERE id = :id AND portal = :portal
                """, StatementArguments(developer.values))
            guard place.email != developer.email.key || place.name != developer.fullName.key else { return }
            try forgetText(of: place)
            try addText(of: developer, number: place.number)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw AccountError.conflict("There is a developer with this address already.")
        }
    }

    /// Deletes a developer with its tokens, sessions and mails.
    func delete(_ developer: DeveloperID, in portal: PortalID) throws {
        guard let place = try place(of: developer, in: portal) else { return }
        try forgetText(of: place)
        try run("DELETE FROM developer WHERE number = ?", [place.number])
    }

    private func insert(_ developer: Developer) throws {
        try run(
            """
            INSERT INTO developer (
                number, id, portal, email, email_key, full_name, name_key, status, verified_at, password_hash, origin,
                by_sign_on, language, created_at, updated_at)
            SELECT
                ifnull((SELECT max(developer.number) FROM developer
                    WHERE developer.number BETWEEN portal.number << 40 AND ((portal.number + 1) << 40) - 1),
                    portal.number << 40) + 1,
                :id, :portal, :email, :email_key, :full_name, :name_key, :status, :verified_at, :password_hash, :origin,
                :by_sign_on, :language, :created_at, :updated_at
            FROM portal WHERE portal.id = :portal
            """, StatementArguments(developer.values))
        try addText(of: developer, number: lastInsertedRowID)
    }

    // MARK: The index of texts

    /// Where a developer stands, and the texts by which it is found there.
    private typealias Place = (number: Int64, email: String, name: String)

    private func place(of developer: DeveloperID, in portal: PortalID) throws -> Place? {
        try row(
            "SELECT number, email_key, name_key FROM developer WHERE id = ? AND portal = ?", [developer.stored, portal.stored]
        ).map { (try $0.value("number"), try $0.value("email_key"), try $0.value("name_key")) }
    }

    private func addText(of developer: Developer, number: Int64) throws {
        try run(
            "INSERT INTO developer_text (rowid, email_key, name_key) VALUES (?, ?, ?)",
            [number, developer.email.key, developer.fullName.key])
    }

    /// The index notes that the texts are gone; see ``clearTraces()`` for when they are.
    private func forgetText(of place: Place) throws {
        try run(
            "INSERT INTO developer_text (developer_text, rowid, email_key, name_key) VALUES ('delete', ?, ?, ?)",
            [place.number, place.email, place.name])
        try run("UPDATE stamp SET traces = 'owed'")
    }

    /// Up to so many developers of a portal.
    func developers(of portal: PortalID, limit: Int) throws -> [Developer] {
        try rows("SELECT * FROM developer WHERE portal = ? LIMIT ?", [portal.stored, limit]).map(Developer.init(row:))
    }

    func remember(statusMailedAt moment: Timestamp, to developer: DeveloperID) throws {
        try run("UPDATE developer SET status_mailed_at = ? WHERE id = ?", [moment.milliseconds, developer.stored])
    }
}

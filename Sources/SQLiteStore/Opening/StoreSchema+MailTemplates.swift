import GRDB

extension StoreSchema {
    static let mailTemplatesMigration = "v2 mail templates"

    /// What portals chose for their mails: texts by language, as JSON.
    static func migrateMailTemplates(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE mail_template (
                    portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
                    name TEXT NOT NULL,
                    is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
                    texts TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    PRIMARY KEY (portal, name)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}

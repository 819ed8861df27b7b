import GRDB

extension StoreSchema {
    static let brandingMigration = "v2 branding"

    /// A portal's look as JSON beside its settings, nothing for the default one; its images apart, so that a portal is read without
    /// them.
    static func migrateBranding(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE portal ADD COLUMN look TEXT;
                CREATE TABLE portal_image (
                    number INTEGER PRIMARY KEY,
                    portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
                    kind TEXT NOT NULL CHECK (kind IN ('logo', 'favicon')),
                    format TEXT NOT NULL,
                    bytes BLOB NOT NULL,
                    UNIQUE (portal, kind)
                ) STRICT;
                """)
    }
}

import Accounts
import GRDB

/// Documents of APIs, and what makes the lists and searches of catalogs flat however many APIs there are.
extension StoreSchema {
    static let catalogMigration = "v2 catalog"

    static func migrateCatalog(_ database: Database) throws {
        try database.execute(sql: catalogColumns + specifications + catalogSearch)
        for row in try database.rows("SELECT * FROM api ORDER BY id") {
            let (id, name): (APIID, String) = (try row.id("id"), try row.value("name"))
            let keys = APIKeys(
                name: name, slug: try row.value("slug"), version: try row.optional("version"),
                description: try row.optional("description"))
            try database.run(
                """
                UPDATE api SET number = (SELECT max(number) + 1 FROM api), name_key = ?, version_key = ?, description_key = ?
                WHERE id = ?
                """, [keys.name, keys.version, keys.description, id.stored])
            try database.run(
                "INSERT INTO api_text (rowid, name, label, document) SELECT number, ?, ?, '' FROM api WHERE id = ?",
                [keys.name, keys.label, id.stored])
        }
        try database.execute(sql: publicationsByName)
    }

    /// An API's `number` is its place in the indexes of texts; the keys are what is compared and sorted.
    private static let catalogColumns = """
        ALTER TABLE api ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE api ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
        ALTER TABLE api ADD COLUMN version_key TEXT;
        ALTER TABLE api ADD COLUMN description_key TEXT;
        ALTER TABLE api ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE publication ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
        ALTER TABLE publication ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;

        """

    /// The documents lie in a table of their own, so that no list reads them.
    private static let specifications = """
        CREATE TABLE specification (
            api BLOB PRIMARY KEY NOT NULL REFERENCES api ON DELETE CASCADE,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            format TEXT NOT NULL CHECK (format IN ('json', 'yaml')),
            openapi TEXT NOT NULL,
            title TEXT NOT NULL,
            version TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            size INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE specification_content (
            number INTEGER PRIMARY KEY,
            api BLOB NOT NULL UNIQUE REFERENCES specification ON DELETE CASCADE,
            content BLOB NOT NULL
        ) STRICT;

        """

    /// Every three characters of names, of what else is said of an API, and of documents. An operation's `number` is its API's
    /// number times 2^16 plus its place in the document, so that a range of numbers is a document. A trigger may not reach an
    /// index of texts in a schema that is not trusted.
    private static let catalogSearch = """
        CREATE TABLE operation (
            number INTEGER PRIMARY KEY,
            method TEXT NOT NULL,
            path TEXT NOT NULL,
            operation_id TEXT,
            summary TEXT,
            tags TEXT NOT NULL,
            anchor TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE api_text USING fts5 (name, label, document, tokenize = 'trigram case_sensitive 1');
        CREATE VIRTUAL TABLE operation_text USING fts5 (text, tokenize = 'trigram case_sensitive 1');

        """

    private static let publicationsByName = """
        UPDATE publication SET updated_at = published_at, name_key = (SELECT name_key FROM api WHERE api.id = publication.api);
        CREATE UNIQUE INDEX api_by_number ON api (number);
        CREATE INDEX api_by_name_key ON api (name_key, id);
        CREATE INDEX publication_by_name ON publication (portal, name_key, api, visibility);
        CREATE INDEX publication_by_visibility ON publication (portal, visibility, name_key, api);

        CREATE TABLE publication_count (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            visibility TEXT NOT NULL,
            publications INTEGER NOT NULL,
            PRIMARY KEY (portal, visibility)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO publication_count SELECT portal, visibility, count(*) FROM publication GROUP BY portal, visibility;
        CREATE TRIGGER publication_added AFTER INSERT ON publication BEGIN
            INSERT INTO publication_count VALUES (new.portal, new.visibility, 1)
                ON CONFLICT (portal, visibility) DO UPDATE SET publications = publications + 1;
        END;
        CREATE TRIGGER publication_removed AFTER DELETE ON publication BEGIN
            UPDATE publication_count SET publications = publications - 1
                WHERE portal = old.portal AND visibility = old.visibility;
        END;
        CREATE TRIGGER publication_moved AFTER UPDATE OF visibility ON publication WHEN old.visibility <> new.visibility BEGIN
            UPDATE publication_count SET publications = publications - 1
                WHERE portal = old.portal AND visibility = old.visibility;
            INSERT INTO publication_count VALUES (new.portal, new.visibility, 1)
                ON CONFLICT (portal, visibility) DO UPDATE SET publications = publications + 1;
        END;
        """
}

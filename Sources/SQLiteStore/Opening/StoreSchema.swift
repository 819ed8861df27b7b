import Accounts
import GRDB
import Geography

/// The store's form, as a row of migrations; each runs once, in one transaction, and is never changed after a release.
struct StoreSchema {
    /// Whose store a new one becomes.
    let geo: Geo
    let now: Timestamp

    var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        let (geo, now) = (geo, now)
        migrator.registerMigration("v1") { database in
            try database.execute(sql: Self.stamp + Self.portals + Self.developers + Self.sessions + Self.admins + Self.outbox)
            try database.execute(
                sql: "INSERT INTO stamp (one, geo, geo_number, created_at) VALUES (1, ?, ?, ?)",
                arguments: [geo.id.value, Int(geo.number.value), now.milliseconds])
        }
        return migrator
    }

    /// Whose store this is: one row, written together with the tables.
    private static let stamp = """
        CREATE TABLE stamp (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            geo TEXT NOT NULL,
            geo_number INTEGER NOT NULL CHECK (geo_number BETWEEN 1 AND 4095),
            created_at INTEGER NOT NULL,
            outbox_key_check BLOB CHECK (length(outbox_key_check) = 32),
            commits INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        """

    private static let portals = """
        CREATE TABLE portal (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            slug TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            description TEXT,
            authentication_enabled INTEGER NOT NULL CHECK (authentication_enabled IN (0, 1)),
            auto_approve_developers INTEGER NOT NULL CHECK (auto_approve_developers IN (0, 1)),
            auto_approve_applications INTEGER NOT NULL CHECK (auto_approve_applications IN (0, 1)),
            rbac_enabled INTEGER NOT NULL CHECK (rbac_enabled IN (0, 1)),
            default_api_visibility TEXT NOT NULL CHECK (default_api_visibility IN ('public', 'private')),
            default_page_visibility TEXT NOT NULL CHECK (default_page_visibility IN ('public', 'private')),
            admin_mails_name_developers INTEGER NOT NULL CHECK (admin_mails_name_developers IN (0, 1)),
            labels TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE api (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            slug TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            version TEXT,
            description TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX api_by_name ON api (name, ifnull(version, ''));

        CREATE TABLE publication (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            api BLOB NOT NULL REFERENCES api ON DELETE CASCADE,
            visibility TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
            published_at INTEGER NOT NULL,
            PRIMARY KEY (portal, api)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX publication_by_api ON publication (api);

        """

    private static let developers = """
        CREATE TABLE developer (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL,
            full_name TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'revoked')),
            verified_at INTEGER,
            password_hash TEXT,
            status_mailed_at INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (portal, email_key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX developer_by_portal ON developer (portal, id);
        CREATE INDEX developer_by_status ON developer (portal, status, id);
        CREATE INDEX developer_waiting ON developer (portal, id) WHERE status = 'pending' AND verified_at IS NOT NULL;

        CREATE TABLE one_time_token (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            developer BLOB NOT NULL REFERENCES developer ON DELETE CASCADE,
            purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'set_password')),
            expires_at INTEGER NOT NULL,
            spent_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX one_time_token_by_developer ON one_time_token (developer, purpose);

        """

    private static let sessions = """
        CREATE TABLE session (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            developer BLOB NOT NULL REFERENCES developer ON DELETE CASCADE,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_by_developer ON session (developer);

        CREATE TABLE session_token (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            session BLOB NOT NULL REFERENCES session ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
            expires_at INTEGER NOT NULL,
            used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_token_by_session ON session_token (session, kind);

        """

    private static let admins = """
        CREATE TABLE admin (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE admin_token (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            admin BLOB NOT NULL REFERENCES admin ON DELETE CASCADE,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX admin_token_by_admin ON admin_token (admin);

        """

    /// `sealed` holds recipient and text, encrypted; it is gone once the mail is delivered.
    private static let outbox = """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            developer BLOB REFERENCES developer ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'dead')),
            sealed BLOB,
            created_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            finished_at INTEGER,
            CHECK ((sealed IS NULL) = (state = 'delivered')),
            CHECK ((finished_at IS NULL) = (state = 'queued'))
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'queued';
        CREATE INDEX outbox_dead ON outbox (sequence) WHERE state = 'dead';
        CREATE INDEX outbox_by_developer ON outbox (developer);

        """
}

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
            try database.execute(
                sql: Self.stamp + Self.portals + Self.developers + Self.developerSearch + Self.sessions + Self.admins
                    + Self.outbox + Self.audit)
            try database.execute(
                sql: "INSERT INTO stamp (one, geo, geo_number, created_at) VALUES (1, ?, ?, ?)",
                arguments: [geo.id.value, Int(geo.number.value), now.milliseconds])
        }
        Self.registerLanguages(in: &migrator)
        migrator.registerMigration(Self.catalogMigration, migrate: Self.migrateCatalog)
        migrator.registerMigration(Self.brandingMigration, migrate: Self.migrateBranding)
        migrator.registerMigration(Self.mailTemplatesMigration, migrate: Self.migrateMailTemplates)
        migrator.registerMigration(Self.consoleMigration, migrate: Self.migrateConsole)
        migrator.registerMigration(Self.signOnMigration) { try $0.execute(sql: Self.signOn) }
        migrator.registerMigration("v3") { try $0.execute(sql: Self.mailQueue + Self.mailSenders + Self.identities) }
        return migrator
    }

    /// Whose store this is: one row, written together with the tables. It also keeps the end of the audit log, so that a log that
    /// was cut off shows, and whether deleted developers have left traces in the index of texts.
    private static let stamp = """
        CREATE TABLE stamp (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            geo TEXT NOT NULL,
            geo_number INTEGER NOT NULL CHECK (geo_number BETWEEN 1 AND 4095),
            created_at INTEGER NOT NULL,
            outbox_key_check BLOB CHECK (length(outbox_key_check) = 32),
            commits INTEGER NOT NULL DEFAULT 0,
            audit_sequence INTEGER NOT NULL DEFAULT 0,
            audit_hash BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(audit_hash) = 32),
            traces TEXT NOT NULL DEFAULT 'none' CHECK (traces IN ('none', 'owed', 'clearing'))
        ) STRICT;

        """

    private static let portals = """
        CREATE TABLE portal (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 4194303),
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

    /// A developer's `number` is its portal's number times 2^40 plus its place in the portal, so that a range of numbers is a portal.
    private static let developers = """
        CREATE TABLE developer (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL,
            full_name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'revoked')),
            verified_at INTEGER,
            password_hash TEXT,
            origin TEXT NOT NULL CHECK (origin IN ('registration', 'invitation')),
            status_mailed_at INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (portal, email_key)
        ) STRICT;
        CREATE INDEX developer_by_status ON developer (portal, status, number);
        CREATE INDEX developer_waiting ON developer (portal, number) WHERE status = 'pending' AND verified_at IS NOT NULL;
        CREATE INDEX developer_by_name ON developer (portal, name_key, number);
        CREATE INDEX developer_by_change ON developer (portal, updated_at, number);
        CREATE INDEX developer_unverified ON developer (updated_at)
            WHERE status = 'pending' AND verified_at IS NULL AND origin = 'registration';

        CREATE TABLE one_time_token (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            developer BLOB NOT NULL REFERENCES developer (id) ON DELETE CASCADE,
            purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'set_password')),
            issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            spent_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX one_time_token_by_developer ON one_time_token (developer, purpose, issued_at);
        CREATE INDEX one_time_token_by_end ON one_time_token (expires_at);

        """

    private static let sessions = """
        CREATE TABLE session (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            developer BLOB NOT NULL REFERENCES developer (id) ON DELETE CASCADE,
            agent TEXT,
            created_at INTEGER NOT NULL,
            renewed_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_by_developer ON session (developer);
        CREATE INDEX session_by_end ON session (expires_at);

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
            role TEXT NOT NULL CHECK (role IN ('owner', 'approver', 'viewer')),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE admin_token (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            admin BLOB NOT NULL REFERENCES admin ON DELETE CASCADE,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX admin_token_by_admin ON admin_token (admin);

        """

    /// `sealed` holds recipient and text, encrypted; it is gone once the mail is delivered.
    private static let outbox = """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            developer BLOB REFERENCES developer (id) ON DELETE CASCADE,
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
        CREATE INDEX outbox_finished ON outbox (state, finished_at) WHERE finished_at IS NOT NULL;

        """

    /// What makes a list flat however many developers there are: counts by status, which triggers keep, and an index of every three
    /// characters of addresses and names, which a trigger may not reach in a schema that is not trusted.
    private static let developerSearch = """
        CREATE TABLE developer_count (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            status TEXT NOT NULL,
            is_verified INTEGER NOT NULL,
            developers INTEGER NOT NULL,
            PRIMARY KEY (portal, status, is_verified)
        ) STRICT, WITHOUT ROWID;
        CREATE VIRTUAL TABLE developer_text USING fts5 (
            email_key, name_key, content = 'developer', content_rowid = 'number', tokenize = 'trigram case_sensitive 1');

        CREATE TRIGGER developer_added AFTER INSERT ON developer BEGIN
            INSERT INTO developer_count VALUES (new.portal, new.status, new.verified_at IS NOT NULL, 1)
                ON CONFLICT (portal, status, is_verified) DO UPDATE SET developers = developers + 1;
        END;
        CREATE TRIGGER developer_removed AFTER DELETE ON developer BEGIN
            UPDATE developer_count SET developers = developers - 1
                WHERE portal = old.portal AND status = old.status AND is_verified = (old.verified_at IS NOT NULL);
        END;
        CREATE TRIGGER developer_moved AFTER UPDATE OF status, verified_at ON developer
        WHEN old.status <> new.status OR (old.verified_at IS NULL) <> (new.verified_at IS NULL) BEGIN
            UPDATE developer_count SET developers = developers - 1
                WHERE portal = old.portal AND status = old.status AND is_verified = (old.verified_at IS NOT NULL);
            INSERT INTO developer_count VALUES (new.portal, new.status, new.verified_at IS NOT NULL, 1)
                ON CONFLICT (portal, status, is_verified) DO UPDATE SET developers = developers + 1;
        END;

        """

    /// Entries are only added; their ids name things that may be gone. The throttle keeps keyed hashes only.
    private static let audit = """
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor_kind TEXT NOT NULL,
            actor TEXT,
            action TEXT NOT NULL,
            portal BLOB,
            developer BLOB,
            subject TEXT,
            from_status TEXT,
            to_status TEXT,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX audit_by_developer ON audit (developer, sequence) WHERE developer IS NOT NULL;
        CREATE TRIGGER audit_is_a_chain BEFORE INSERT ON audit
        WHEN new.sequence <> (SELECT ifnull(max(sequence), 0) + 1 FROM audit)
        BEGIN SELECT RAISE (ABORT, 'entries are only added'); END;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'entries are only added'); END;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'entries are only added'); END;

        CREATE TABLE throttle (
            key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 32),
            failures INTEGER NOT NULL,
            last_failure INTEGER NOT NULL,
            blocked_until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX throttle_by_last_failure ON throttle (last_failure);

        """
}

import GRDB

extension StoreSchema {
    static let consoleMigration = "v2 console"

    /// How admins get into the console. Everything goes with its admin.
    static func migrateConsole(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE console_account (
                    admin BLOB PRIMARY KEY NOT NULL REFERENCES admin ON DELETE CASCADE,
                    password_hash TEXT,
                    second_factor BLOB,
                    last_step INTEGER,
                    CHECK ((second_factor IS NULL) = (last_step IS NULL))
                ) STRICT;
                CREATE TABLE console_recovery_code (
                    hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
                    admin BLOB NOT NULL REFERENCES admin ON DELETE CASCADE
                ) STRICT;
                CREATE INDEX console_recovery_code_admin ON console_recovery_code (admin);
                CREATE TABLE console_token (
                    hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
                    admin BLOB NOT NULL REFERENCES admin ON DELETE CASCADE,
                    purpose TEXT NOT NULL CHECK (purpose IN ('set_password', 'second_factor')),
                    issued_at INTEGER NOT NULL,
                    expires_at INTEGER NOT NULL,
                    is_spent INTEGER NOT NULL DEFAULT 0 CHECK (is_spent IN (0, 1))
                ) STRICT;
                CREATE INDEX console_token_admin ON console_token (admin);
                CREATE TABLE console_session (
                    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
                    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                    admin BLOB NOT NULL REFERENCES admin ON DELETE CASCADE,
                    agent TEXT,
                    created_at INTEGER NOT NULL,
                    last_seen_at INTEGER NOT NULL,
                    password_confirmed_at INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX console_session_admin ON console_session (admin);
                """)
    }
}

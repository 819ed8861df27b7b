import GRDB

extension StoreSchema {
    static let signOnMigration = "v2 single sign-on"

    /// Attempts are with the browsers, and only the used ones here; identities say how the provider calls the person, sealed, and when they
    /// were used; groups of providers mean teams.
    static let identities = """
        DROP TABLE sign_on_attempt;
        CREATE TABLE spent_attempt (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            state BLOB NOT NULL CHECK (length(state) = 32),
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (portal, state)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX spent_attempt_by_end ON spent_attempt (expires_at);

        ALTER TABLE identity ADD COLUMN subject BLOB;
        ALTER TABLE identity ADD COLUMN last_used_at INTEGER;

        CREATE TABLE team_mapping (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            provider BLOB NOT NULL REFERENCES identity_provider ON DELETE CASCADE,
            team TEXT NOT NULL CHECK (length(team) = 36),
            group_name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (provider, team, group_name)
        ) STRICT, WITHOUT ROWID;

        """

    /// Providers of portals, who came through them, and what is under way. Subjects, states and sessions of providers are kept as hashes;
    /// secrets, nonces and ID tokens are sealed.
    ///
    /// An identity belongs to the issuer, not to the provider's row, so that a provider that was set up anew knows its people.
    static let signOn = """
        ALTER TABLE portal ADD COLUMN passwords_enabled INTEGER NOT NULL DEFAULT 1 CHECK (passwords_enabled IN (0, 1));
        ALTER TABLE portal ADD COLUMN identity_provider BLOB CHECK (length(identity_provider) = 16);
        ALTER TABLE developer ADD COLUMN by_sign_on INTEGER NOT NULL DEFAULT 0 CHECK (by_sign_on IN (0, 1));

        CREATE TABLE identity_provider (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            issuer TEXT NOT NULL,
            client_id TEXT NOT NULL,
            secret BLOB,
            authentication TEXT NOT NULL,
            scopes TEXT NOT NULL,
            name_claim TEXT NOT NULL,
            email_claim TEXT NOT NULL,
            groups_claim TEXT NOT NULL,
            links_verified_addresses INTEGER NOT NULL CHECK (links_verified_addresses IN (0, 1)),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identity_provider_by_portal ON identity_provider (portal, id);

        CREATE TABLE identity (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            issuer TEXT NOT NULL,
            developer BLOB NOT NULL REFERENCES developer (id) ON DELETE CASCADE,
            groups TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (portal, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identity_by_developer ON identity (developer);

        CREATE TABLE sign_on_attempt (
            state BLOB PRIMARY KEY NOT NULL CHECK (length(state) = 32),
            browser BLOB NOT NULL CHECK (length(browser) = 32),
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            provider BLOB NOT NULL REFERENCES identity_provider ON DELETE CASCADE,
            sealed BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_on_attempt_by_portal ON sign_on_attempt (portal, expires_at);
        CREATE INDEX sign_on_attempt_by_provider ON sign_on_attempt (provider);
        CREATE INDEX sign_on_attempt_by_end ON sign_on_attempt (expires_at);

        CREATE TABLE session_origin (
            session BLOB PRIMARY KEY NOT NULL REFERENCES session ON DELETE CASCADE,
            provider BLOB NOT NULL,
            identity BLOB NOT NULL CHECK (length(identity) = 32),
            provider_session BLOB CHECK (length(provider_session) = 32),
            id_token BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_origin_by_identity ON session_origin (identity);
        CREATE INDEX session_origin_by_provider_session ON session_origin (provider_session);

        CREATE TABLE log_out_notice (
            portal BLOB NOT NULL REFERENCES portal ON DELETE CASCADE,
            id BLOB NOT NULL CHECK (length(id) = 32),
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (portal, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX log_out_notice_by_end ON log_out_notice (expires_at);

        """
}

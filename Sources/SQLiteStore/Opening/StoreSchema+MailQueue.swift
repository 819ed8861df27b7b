import Accounts
import Foundation
import GRDB

extension StoreSchema {
    /// What a mail is about, in the clear, so that the queue can be listed without opening it: its kind and its portal (empty where there is
    /// none), never the recipient. The counts are kept by triggers, so that a list is flat however many mails wait; delivered ones are in
    /// neither.
    static let mailQueue = """
        ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN portal BLOB NOT NULL DEFAULT x'';
        ALTER TABLE outbox ADD COLUMN stage TEXT GENERATED ALWAYS AS (
            CASE WHEN state = 'dead' THEN 'dead_letter' WHEN state = 'delivered' THEN 'delivered'
            WHEN attempts = 0 THEN 'waiting' ELSE 'failing' END) VIRTUAL;
        CREATE INDEX outbox_by_stage ON outbox (stage, sequence) WHERE state <> 'delivered';
        CREATE INDEX outbox_by_group ON outbox (portal, kind, stage, sequence) WHERE state <> 'delivered';

        CREATE TABLE outbox_count (
            portal BLOB NOT NULL,
            kind TEXT NOT NULL,
            stage TEXT NOT NULL,
            mails INTEGER NOT NULL,
            PRIMARY KEY (portal, kind, stage)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO outbox_count
            SELECT portal, kind, stage, count(*) FROM outbox WHERE state <> 'delivered' GROUP BY portal, kind, stage;

        CREATE TRIGGER outbox_added AFTER INSERT ON outbox WHEN new.state <> 'delivered' BEGIN
            INSERT INTO outbox_count VALUES (new.portal, new.kind, new.stage, 1)
                ON CONFLICT (portal, kind, stage) DO UPDATE SET mails = mails + 1;
        END;
        CREATE TRIGGER outbox_removed AFTER DELETE ON outbox WHEN old.state <> 'delivered' BEGIN
            UPDATE outbox_count SET mails = mails - 1
                WHERE portal = old.portal AND kind = old.kind AND stage = old.stage;
        END;
        CREATE TRIGGER outbox_moved AFTER UPDATE OF state, attempts, portal, kind ON outbox
        WHEN old.stage <> new.stage OR old.portal <> new.portal OR old.kind <> new.kind BEGIN
            UPDATE outbox_count SET mails = mails - 1
                WHERE portal = old.portal AND kind = old.kind AND stage = old.stage;
            INSERT INTO outbox_count SELECT new.portal, new.kind, new.stage, 1 WHERE new.state <> 'delivered'
                ON CONFLICT (portal, kind, stage) DO UPDATE SET mails = mails + 1;
        END;

        """

    /// By whom a portal's mails are sent, as JSON beside its look; nothing for the node's sender.
    static let mailSenders = "ALTER TABLE portal ADD COLUMN mail_sender TEXT;"
}

extension Database {
    /// Names the kinds and portals of mails that an earlier version wrote without; the first one did not write the portal into the mail
    /// either, but whose mail it is. One that cannot be opened stays without.
    func nameMails(openedBy sealing: MailSealing) throws {
        let unnamed = try rows(
            """
            SELECT sequence, id, sealed, created_at, attempts,
                (SELECT developer.portal FROM developer WHERE developer.id = outbox.developer) AS owner FROM outbox INDEXED BY outbox_by_group
            WHERE state <> 'delivered' AND portal = x'' AND kind = ''
            """)
        for row in unnamed {
            let (sequence, mail): (Int64, SealedMail) = (try row.value("sequence"), try SealedMail(row: row))
            guard let message = try? mail.opened(by: sealing).message else { continue }
            let owner: Data? = try row.optional("owner")
            try run(
                "UPDATE outbox SET kind = ?, portal = ? WHERE sequence = ?",
                [MailKind(message).rawValue, message.portal?.stored ?? owner ?? Data(), sequence])
        }
    }
}

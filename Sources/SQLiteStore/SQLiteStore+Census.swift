import Accounts
import Foundation
import GRDB

/// How much of what is in a geo's store: counts only.
public struct StoreCensus: Sendable {
    /// By status; those who wait for a decision and those who never verified their address are told apart.
    public var developers: [(status: String, isVerified: Bool, count: Int)] = []
    public var queuedMails = 0
    public var deadMails = 0
    /// When the oldest mail that waits was written.
    public var oldestMail: Timestamp?
    /// Bytes of the store's file and of its write-ahead log.
    public var storeBytes = 0
    public var logBytes = 0
    /// Room on the disk, for this user.
    public var freeBytes = 0
    public var diskBytes = 0
    /// When the last backup was made.
    public var backedUpAt: Date?
}

extension SQLiteStore {
    /// How many writes wait for the disk.
    public var backlog: Int { commits.backlog }

    /// Counts; costs as much as there are mails that wait.
    public func census() async throws -> StoreCensus {
        var census = try await read { database in
            var census = StoreCensus()
            let rows = try database.rows(
                "SELECT status, is_verified, sum(developers) AS developers FROM developer_count GROUP BY status, is_verified")
            for row in rows {
                let count: Int = try row.value("developers")
                let verified: Int = try row.value("is_verified")
                census.developers.append((status: try row.value("status"), isVerified: verified == 1, count: count))
            }
            if let row = try database.row(
                "SELECT count(*) AS mails, min(created_at) AS oldest FROM outbox WHERE state = 'queued'")
            {
                census.queuedMails = try row.value("mails")
                if census.queuedMails > 0 { census.oldestMail = try row.time("oldest") }
            }
            census.deadMails = try MailListing(database: database, filter: MailFilter(stage: .deadLetter)).counts().deadLetters
            return census
        }
        let folder = StoreFolder(path: URL(fileURLWithPath: pool.path).deletingLastPathComponent().path)
        census.storeBytes = Self.size(of: folder.store)
        census.logBytes = Self.size(of: "\(folder.store)-wal")
        var disk = statvfs()
        if statvfs(folder.path, &disk) == 0 {
            census.freeBytes = Int(disk.f_bavail) * Int(disk.f_frsize)
            census.diskBytes = Int(disk.f_blocks) * Int(disk.f_frsize)
        }
        census.backedUpAt = folder.backedUpAt
        return census
    }

    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Notes beside the store that a backup of it was made, for whoever watches that.
    public static func noteBackup(of path: String) {
        let folder = StoreFolder(path: path)
        try? folder.makeFile(folder.backupNote)
        utimes(folder.backupNote, nil)
    }
}

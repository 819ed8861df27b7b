import Accounts
import Foundation
import GRDB

/// A waiting mail as the store keeps it.
struct SealedMail: Sendable {
    let id: MailID
    let sealed: Data
    let createdAt: Timestamp
    let attempts: Int

    init(row: Row) throws {
        id = try row.id("id")
        sealed = try row.value("sealed")
        createdAt = try row.time("created_at")
        attempts = try row.value("attempts")
    }

    func opened(by sealing: MailSealing) throws -> OutboxMail {
        let (recipient, message) = try sealing.open(sealed, id: id)
        return OutboxMail(id: id, recipient: recipient, message: message, createdAt: createdAt, attempts: attempts)
    }
}

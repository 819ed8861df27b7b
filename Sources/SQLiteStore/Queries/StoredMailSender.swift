import Accounts

/// A portal's sender as its column has it, in JSON.
struct StoredMailSender: Codable {
    let id: MailSenderID
    let name: String?
    let address: String?
    let replyTo: String?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ sender: PortalMailSender) {
        id = sender.id
        name = sender.name
        address = sender.address?.value
        replyTo = sender.replyTo?.value
        createdAt = sender.createdAt
        updatedAt = sender.updatedAt
    }

    /// - Throws: for addresses that are none.
    var sender: PortalMailSender {
        get throws {
            PortalMailSender(
                id: id, name: name, address: try address.map { try EmailAddress($0) },
                replyTo: try replyTo.map { try EmailAddress($0) }, createdAt: createdAt, updatedAt: updatedAt)
        }
    }
}

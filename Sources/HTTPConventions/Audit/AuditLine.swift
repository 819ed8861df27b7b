import Accounts
import Foundation

/// One entry of an audit log as a line of JSON (JSON Lines): what an export is made of, over HTTP and on the geo's machine.
///
/// Its ids, words and hashes are what ``AuditEntry``'s own hash covers, so an export can be checked by whoever has it; `at` has the
/// milliseconds.
public struct AuditLine: Encodable {
    struct Actor: Encodable {
        let kind: String
        @Nullable var id: String?
    }

    let sequence: Int64
    let at: String
    let actor: Actor
    let action: String
    @Nullable var portalId: String?
    @Nullable var developerId: String?
    @Nullable var subjectId: String?
    @Nullable var fromStatus: String?
    @Nullable var toStatus: String?
    let previousHash: String
    let hash: String

    public init(_ entry: AuditEntry) {
        let event = entry.event
        sequence = entry.sequence
        at = entry.at.wire
        actor = Actor(kind: event.actor.kind, id: event.actor.id)
        action = event.action.rawValue
        portalId = event.portal?.description
        developerId = event.developer?.description
        subjectId = event.subject
        fromStatus = event.from?.rawValue
        toStatus = event.to?.rawValue
        previousHash = Hexadecimal.text(entry.previousHash)
        hash = Hexadecimal.text(entry.hash)
    }

    /// Entries as lines, each ended by a line feed.
    public static func lines(of entries: [AuditEntry]) throws -> Data {
        let encoder = JSONEncoder.wire
        var lines = Data()
        for entry in entries {
            lines += try encoder.encode(AuditLine(entry))
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}

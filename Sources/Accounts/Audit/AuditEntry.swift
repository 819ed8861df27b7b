import Crypto
import Foundation

/// The end of a geo's audit log: what the next entry follows.
public struct AuditHead: Hashable, Sendable {
    /// The number of the last entry; 0 where there is none.
    public let sequence: Int64
    /// Thirty-two bytes; zeros where there is no entry.
    public let hash: [UInt8]

    public static let empty = AuditHead(sequence: 0, hash: [UInt8](repeating: 0, count: 32))

    public init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

    public var hexHash: String { Hexadecimal.text(hash) }
}

/// One entry of a geo's audit log, chained to the one before it by its hash.
///
/// The hash is SHA-256 over these lines in UTF-8, each ended by a line feed, an empty one for what is missing: the word
/// `portolan-audit-1`, the hash before in hexadecimal digits, sequence, milliseconds since 1970, the actor's kind and id, action,
/// portal, developer, subject, status before, status after. So whoever has an export can check it without this program.
public struct AuditEntry: Hashable, Sendable {
    public let sequence: Int64
    public let at: Timestamp
    public let event: AuditEvent
    public let previousHash: [UInt8]
    public let hash: [UInt8]

    /// The entry that follows a head.
    public init(_ event: AuditEvent, at moment: Timestamp, after head: AuditHead) {
        self.init(
            stored: event, sequence: head.sequence + 1, at: moment, previousHash: head.hash,
            hash: Self.hash(of: event, sequence: head.sequence + 1, at: moment, previous: head))
    }

    /// Takes what a store kept, right or not; see ``AuditVerification``.
    public init(stored event: AuditEvent, sequence: Int64, at moment: Timestamp, previousHash: [UInt8], hash: [UInt8]) {
        self.event = event
        self.sequence = sequence
        at = moment
        self.previousHash = previousHash
        self.hash = hash
    }

    public var head: AuditHead { AuditHead(sequence: sequence, hash: hash) }

    /// Whether this is what follows that head, unaltered.
    func follows(_ head: AuditHead) -> Bool { self == AuditEntry(event, at: at, after: head) }

    private static func hash(of event: AuditEvent, sequence: Int64, at moment: Timestamp, previous: AuditHead) -> [UInt8] {
        let lines = [
            "portolan-audit-1", previous.hexHash, String(sequence), String(moment.milliseconds), event.actor.kind,
            event.actor.id ?? "", event.action.rawValue, event.portal?.description ?? "", event.developer?.description ?? "",
            event.subject ?? "", event.from?.rawValue ?? "", event.to?.rawValue ?? "",
        ]
        return Array(SHA256.hash(data: Data(lines.map { "\($0)\n" }.joined().utf8)))
    }
}

/// Goes through an audit log entry by entry and tells the first place at which it is not whole.
public struct AuditVerification: Sendable {
    public enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        /// An entry is missing before the one with this number, or the numbers are out of order.
        case gap(after: Int64, found: Int64)
        /// The entry is not what it was when it was written, or the one before it is not.
        case altered(sequence: Int64)
        /// The log ends before its last entry.
        case cutOff(after: Int64, expected: Int64)
        /// The entry of this number is another one than the one noted earlier.
        case replaced(sequence: Int64)

        public var description: String {
            switch self {
            case .gap(let before, let found):
                "entry \(before + 1) is missing: \(before == 0 ? "the log begins" : "entry \(before) is followed") with \(found)"
            case .altered(let sequence): "entry \(sequence) was altered, or does not belong at its place"
            case .cutOff(let after, let expected):
                "the log ends with entry \(after), but \(expected) were written: the last ones are missing"
            case .replaced(let sequence): "entry \(sequence) is not the one that was noted: the log was written anew"
            }
        }
    }

    /// The last entry that was seen.
    public private(set) var head = AuditHead.empty
    private let noted: AuditHead?

    /// - Parameter noted: the head at an earlier time, kept elsewhere; without one, a log that was written anew as a whole looks right.
    public init(noted: AuditHead? = nil) { self.noted = noted }

    /// - Throws: ``Fault``.
    public mutating func take(_ entry: AuditEntry) throws {
        guard entry.sequence == head.sequence + 1 else { throw Fault.gap(after: head.sequence, found: entry.sequence) }
        guard entry.follows(head) else { throw Fault.altered(sequence: entry.sequence) }
        if let noted, noted.sequence == entry.sequence, noted.hash != entry.hash {
            throw Fault.replaced(sequence: entry.sequence)
        }
        head = entry.head
    }

    /// - Parameter written: the head as the store keeps it beside the log.
    /// - Throws: ``Fault``.
    public func finish(written: AuditHead) throws {
        let expected = max(written.sequence, noted?.sequence ?? 0)
        guard head.sequence == expected else { throw Fault.cutOff(after: head.sequence, expected: expected) }
        guard head == written else { throw Fault.replaced(sequence: head.sequence) }
    }
}

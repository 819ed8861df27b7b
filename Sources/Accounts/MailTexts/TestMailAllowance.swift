import Synchronization

/// How many tests of mails each admin may send. It counts for as long as the node runs.
final class TestMailAllowance: Sendable {
    static let perHour = 20
    private static let hour = Duration.seconds(3600)

    private let sent = Mutex<[AdminID: [Timestamp]]>([:])

    /// Takes one, where there is one.
    ///
    /// - Returns: nil where it was taken; else the seconds until there is one again.
    func take(for admin: AdminID, at now: Timestamp) -> Int? {
        sent.withLock { sent in
            sent = sent.compactMapValues { moments in
                let recent = moments.filter { now < $0.adding(Self.hour) }
                return recent.isEmpty ? nil : recent
            }
            let moments = sent[admin] ?? []
            guard moments.count < Self.perHour else {
                let next = (moments.first ?? now).adding(Self.hour)
                return Int((next.milliseconds - now.milliseconds + 999) / 1000)
            }
            sent[admin] = moments + [now]
            return nil
        }
    }
}

import Synchronization

/// Which mails a node is sending at this moment, and which are being taken away: for no mail both.
///
/// The delivery asks here before it hands a mail over, and then asks the store whether the mail is still there. So a mail that somebody
/// discarded is not sent, and one that is being sent cannot be discarded.
public final class MailsUnderWay: Sendable {
    private struct State {
        var sending: Set<MailID> = []
        /// With the attempts that wait for the end of it.
        var leaving: [MailID: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// An attempt begins, after the end of a withdrawal that is going on.
    public func begin(_ mail: MailID) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.leaving[mail] == nil else {
                    state.leaving[mail]?.append(continuation)
                    return false
                }
                state.sending.insert(mail)
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    public func isSending(_ mail: MailID) -> Bool { state.withLock { $0.sending.contains(mail) } }

    /// The attempt has ended, and the store knows how.
    public func end(_ mail: MailID) { state.withLock { _ = $0.sending.remove(mail) } }

    /// Does something during which no attempt begins.
    ///
    /// - Throws: what `work` throws; ``AccountError/conflict(_:)`` where the mail is being sent.
    func withdraw<Value>(_ mail: MailID, _ work: () async throws -> Value) async throws -> Value {
        let isFree = state.withLock { state in
            guard !state.sending.contains(mail), state.leaving[mail] == nil else { return false }
            state.leaving[mail] = []
            return true
        }
        guard isFree else { throw AccountError.conflict("This mail is being sent or discarded at this moment.") }
        defer {
            let waiting = state.withLock { state in
                let waiting = state.leaving.removeValue(forKey: mail) ?? []
                if !waiting.isEmpty { state.sending.insert(mail) }
                return waiting
            }
            for attempt in waiting { attempt.resume() }
        }
        return try await work()
    }
}

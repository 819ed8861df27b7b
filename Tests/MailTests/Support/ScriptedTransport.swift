import Accounts
import Synchronization

@testable import Mail

/// A transport that does with each mail what a test says, and tells which mails it was given.
final class ScriptedTransport: MailTransport {
    typealias Action = @Sendable (RenderedMail) async throws(DeliveryFailure) -> Void

    private struct State {
        var mails: [MailID] = []
        var atOnce = 0
        var mostAtOnce = 0
        var isFinished = false
    }

    private let state = Mutex(State())
    private let action: Action
    /// Each mail as it is handed over.
    let handedOver: AsyncStream<MailID>
    private let begun: AsyncStream<MailID>.Continuation

    init(_ action: @escaping Action = { _ in }) {
        self.action = action
        (handedOver, begun) = AsyncStream.makeStream()
    }

    var mails: [MailID] { state.withLock { $0.mails } }
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }
    var isFinished: Bool { state.withLock { $0.isFinished } }

    func deliver(_ mail: RenderedMail) async throws(DeliveryFailure) {
        state.withLock { state in
            state.mails.append(mail.id)
            state.atOnce += 1
            state.mostAtOnce = max(state.mostAtOnce, state.atOnce)
        }
        defer { state.withLock { $0.atOnce -= 1 } }
        begun.yield(mail.id)
        try await action(mail)
    }

    func finish() async { state.withLock { $0.isFinished = true } }
}

/// A door behind which tasks wait until a test opens it, or they are cancelled.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() { continuation.finish() }

    func pass() async {
        for await _ in stream {}
    }
}

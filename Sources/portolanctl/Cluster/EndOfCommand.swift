import Foundation
import NodeService
import UnixSignals

/// What ends a command that runs until it is told to stop: SIGINT, SIGTERM and, where asked for, the end of standard input.
struct EndOfCommand: Sendable {
    private let ended: AsyncStream<Void>

    /// Begins to listen, so that from here on a signal no longer ends the process by itself.
    init(watchesStandardInput: Bool) {
        let (ended, continuation) = AsyncStream<Void>.makeStream()
        self.ended = ended
        Task {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { continuation.finish() }
        }
        guard watchesStandardInput else { return }
        Task {
            for await _ in StandardInputWatch.end {}
            continuation.finish()
        }
    }

    func wait() async {
        for await _ in ended {}
    }
}

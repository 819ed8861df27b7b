import ServiceProcess
import UnixSignals

/// What ends a command that runs until it is told to stop: SIGINT, SIGTERM and, where asked for, the end of standard input.
struct EndOfCommand: Sendable {
    private let waiting: Task<Void, Never>

    /// Begins to listen: from here on a signal does not end the process by itself.
    init(watchesStandardInput: Bool) async {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        waiting = Task {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in signals { break } }
                if watchesStandardInput { group.addTask { await StandardInputEnd.reached() } }
                await group.next()
                group.cancelAll()
            }
        }
    }

    func reached() async { await waiting.value }

    /// Does something that is cancelled when the end comes.
    ///
    /// - Returns: nil where the end came first.
    func cancels<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value? {
        let working = Task(operation: work)
        let watching = Task {
            await reached()
            if !Task.isCancelled { working.cancel() }
        }
        defer { watching.cancel() }
        do {
            return try await working.value
        } catch  where working.isCancelled {
            return nil
        }
    }
}

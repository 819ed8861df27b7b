import Foundation
import Synchronization
import Testing

/// A child process whose standard input a test holds, and whose output it keeps.
final class ChildProcess: Sendable {
    enum Failure: Error { case ended(status: Int32, output: String) }

    private struct State {
        var output = Data()
        var errors = Data()
        /// Standard output and standard error, until each has been read to its end.
        var openStreams = 2
        var status: Int32?

        /// The exit status, once all that the process wrote was read.
        var end: Int32? { openStreams == 0 ? status : nil }
        var waiters: [@Sendable () -> Void] = []
    }

    // Foundation's Process is not Sendable; it is used under this lock only.
    private let process: Mutex<ProcessBox>
    private let input = Pipe()
    private let state = Mutex(State())

    /// Why this is safe: the box is only reached inside the mutex above.
    private struct ProcessBox: @unchecked Sendable { let process: Process }

    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        self.process = Mutex(ProcessBox(process: process))
        output.fileHandleForReading.readabilityHandler = { [weak self] in self?.read($0, into: \.output) }
        errors.fileHandleForReading.readabilityHandler = { [weak self] in self?.read($0, into: \.errors) }
        process.terminationHandler = { [weak self] process in self?.ended(process.terminationStatus) }
        try process.run()
    }

    var output: String { String(decoding: state.withLock { $0.output }, as: UTF8.self) }
    var errors: String { String(decoding: state.withLock { $0.errors }, as: UTF8.self) }
    var pid: Int32 { process.withLock { $0.process.processIdentifier } }

    /// The first whole line of standard output.
    func firstLine() async throws -> String {
        try await wait { (state: State) -> Result<String, Failure>? in
            let output = String(decoding: state.output, as: UTF8.self)
            if let end = output.firstIndex(of: "\n") { return .success(String(output[..<end])) }
            return state.end.map { .failure(.ended(status: $0, output: String(decoding: state.errors, as: UTF8.self))) }
        }.get()
    }

    /// Waits for the end; returns the exit status.
    @discardableResult
    func end() async -> Int32 { await wait { $0.end } }

    /// Closes standard input, which ends every process of ours, and waits.
    func stop() async {
        try? input.fileHandleForWriting.close()
        await end()
    }

    func signal(_ signal: Int32) { kill(pid, signal) }

    /// Looks at each state until there is an answer; between two looks nothing is missed.
    private func wait<Answer: Sendable>(_ answer: @escaping @Sendable (State) -> Answer?) async -> Answer {
        while true {
            let found = await withCheckedContinuation { (continuation: CheckedContinuation<Answer?, Never>) in
                let found = state.withLock { state in
                    let found = answer(state)
                    if found == nil { state.waiters.append { continuation.resume(returning: nil) } }
                    return found
                }
                if let found { continuation.resume(returning: found) }
            }
            if let found { return found }
        }
    }

    private func read(_ handle: FileHandle, into stream: WritableKeyPath<State, Data> & Sendable) {
        let data = handle.availableData
        if data.isEmpty { handle.readabilityHandler = nil }
        notify { state in
            state[keyPath: stream].append(data)
            if data.isEmpty { state.openStreams -= 1 }
        }
    }

    private func ended(_ status: Int32) { notify { $0.status = status } }

    private func notify(_ change: (inout sending State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter() }
    }
}

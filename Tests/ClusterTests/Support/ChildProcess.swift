import Foundation
import Synchronization
import Testing

/// A child process whose standard input a test holds, and whose output it keeps.
final class ChildProcess: Sendable {
    enum Failure: Error { case ended(status: Int32, output: String) }

    private struct State {
        var output = ""
        var errors = ""
        var status: Int32?
        var waiters: [CheckedContinuation<Void, Never>] = []
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
        output.fileHandleForReading.readabilityHandler = { [weak self] handle in
            self?.receive(String(decoding: handle.availableData, as: UTF8.self), isError: false)
        }
        errors.fileHandleForReading.readabilityHandler = { [weak self] handle in
            self?.receive(String(decoding: handle.availableData, as: UTF8.self), isError: true)
        }
        process.terminationHandler = { [weak self] process in self?.ended(process.terminationStatus) }
        try process.run()
    }

    var output: String { state.withLock { $0.output } }
    var errors: String { state.withLock { $0.errors } }
    var pid: Int32 { process.withLock { $0.process.processIdentifier } }

    /// The first whole line of standard output.
    func firstLine() async throws -> String {
        while true {
            let (line, status, errors) = state.withLock { state in
                (state.output.firstIndex(of: "\n").map { String(state.output[..<$0]) }, state.status, state.errors)
            }
            if let line { return line }
            if let status { throw Failure.ended(status: status, output: errors) }
            await changed()
        }
    }

    /// Waits for the end; returns the exit status.
    @discardableResult
    func end() async -> Int32 {
        while true {
            if let status = state.withLock({ $0.status }) { return status }
            await changed()
        }
    }

    /// Closes standard input, which ends every process of ours, and waits.
    func stop() async {
        try? input.fileHandleForWriting.close()
        await end()
    }

    func signal(_ signal: Int32) { kill(pid, signal) }

    private func changed() async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(continuation) }
        }
    }

    private func receive(_ text: String, isError: Bool) {
        notify { state in
            if isError { state.errors += text } else { state.output += text }
        }
    }

    private func ended(_ status: Int32) { notify { $0.status = status } }

    private func notify(_ change: (inout sending State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

import Foundation
import Synchronization

/// What a child process has written so far, and how it ended.
final class Record: Sendable {
    struct State {
        var output = Data()
        var errors = Data()
        /// Standard output and standard error, until each has been read to its end.
        var openStreams = 2
        var status: Int32?
        /// How much of the output was handed on as lines.
        var split = 0
        var waiters: [@Sendable () -> Void] = []

        /// The exit status, once all that the process wrote was read.
        var end: Int32? { openStreams == 0 ? status : nil }
    }

    private let state = Mutex(State())
    private let line: AsyncStream<String>.Continuation

    init(_ line: AsyncStream<String>.Continuation) {
        self.line = line
    }

    func text(_ stream: KeyPath<State, Data>) -> String {
        state.withLock { String(decoding: $0[keyPath: stream], as: UTF8.self) }
    }

    /// Runs the body unless the process was reaped, after which its number may be another's.
    func whileAlive(_ body: () -> Void) {
        state.withLock { if $0.status == nil { body() } }
    }

    /// Looks at each state until there is an answer; between two looks nothing is missed.
    func wait<Answer: Sendable>(_ answer: (State) -> Answer?) async -> Answer {
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

    // MARK: What the threads of a child do

    func read(_ descriptor: Int32, into stream: WritableKeyPath<State, Data>) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            notify { state in
                state[keyPath: stream].append(contentsOf: buffer[..<count])
                while let end = state.output[state.split...].firstIndex(of: UInt8(ascii: "\n")) {
                    line.yield(String(decoding: state.output[state.split..<end], as: UTF8.self))
                    state.split = end + 1
                }
            }
        }
        close(descriptor)
        notify { state in
            state.openStreams -= 1
            if state.openStreams == 0 { line.finish() }
        }
    }

    func awaitEnd(of pid: Int32) {
        var information = siginfo_t()
        // Seen first and reaped under the lock, so that no signal reaches a stranger with the same number.
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        notify { state in
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            let signal = status & 0x7f
            state.status = signal == 0 ? (status >> 8) & 0xff : signal
        }
    }

    private func notify(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter() }
    }
}

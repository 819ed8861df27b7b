import Foundation
import Synchronization

/// A child process whose standard input a test holds, and whose output it keeps. It is killed when nobody holds it any more.
///
/// Not Foundation's `Process`: where several are started at once, that hands each child descriptors of the others, and a pipe
/// of which a second process has a copy does not end with the first. (`swift-subprocess` does not, and wants a newer Swift.)
public final class ChildProcess: Sendable {
    public enum Failure: Error { case ended(status: Int32, output: String) }

    public let pid: Int32
    /// The whole lines of standard output, for one reader.
    public let lines: AsyncStream<String>
    private let input: Mutex<FileHandle>
    private let record: Record

    /// - Parameters:
    ///   - path: the program's file.
    ///   - environment: what is set besides this process's own.
    public init(_ path: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        let (input, output, errors) = (try OpenPipe(), try OpenPipe(), try OpenPipe())
        pid = try Self.spawn(
            path, [path] + arguments, ProcessInfo.processInfo.environment.merging(environment) { $1 },
            descriptors: [input.reading, output.writing, errors.writing])
        for end in [input.reading, output.writing, errors.writing] { close(end) }
        self.input = Mutex(FileHandle(fileDescriptor: input.writing, closeOnDealloc: true))
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        (self.lines, record) = (lines, Record(line))
        // Blocking reads on threads of their own: nothing of what the suite does meanwhile can come between.
        let (record, pid) = (record, pid)
        Thread.detachNewThread { record.read(output.reading, into: \.output) }
        Thread.detachNewThread { record.read(errors.reading, into: \.errors) }
        Thread.detachNewThread { record.awaitEnd(of: pid) }
    }

    deinit { signal(SIGKILL) }

    public var output: String { record.text(\.output) }
    public var errors: String { record.text(\.errors) }

    /// The first whole line of standard output.
    public func firstLine() async throws -> String {
        try await killedOnCancel {
            try await record.wait { (state: Record.State) -> Result<String, Failure>? in
                if let end = state.output.firstIndex(of: UInt8(ascii: "\n")) {
                    return .success(String(decoding: state.output[..<end], as: UTF8.self))
                }
                return state.end.map { .failure(.ended(status: $0, output: String(decoding: state.errors, as: UTF8.self))) }
            }.get()
        }
    }

    /// Waits for the end; returns the exit status, or the signal that ended the process.
    @discardableResult
    public func end() async -> Int32 { await killedOnCancel { await record.wait(\.end) } }

    /// Writes to standard input and closes it.
    public func finishInput(_ data: Data = Data()) throws {
        try input.withLock { input in
            try input.write(contentsOf: data)
            try input.close()
        }
    }

    /// Closes standard input, which ends every process of ours, and waits.
    public func stop() async {
        try? input.withLock { try $0.close() }
        await end()
    }

    public func signal(_ signal: Int32) { record.whileAlive { kill(pid, signal) } }

    /// A test that is cancelled, by its time limit, ends the process and so its waiting.
    private func killedOnCancel<Answer: Sendable>(_ body: () async throws -> Answer) async rethrows -> Answer {
        try await withTaskCancellationHandler(operation: body) { signal(SIGKILL) }
    }

    /// `posix_spawn_file_actions_addclosefrom_np` of glibc, which its headers show to GNU programs only.
    private static let closeOthers = unsafeBitCast(
        dlsym(nil, "posix_spawn_file_actions_addclosefrom_np"),
        to: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32).self)

    /// - Parameter descriptors: what becomes standard input, output and error; of the others the child gets none.
    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], descriptors: [Int32]
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        _ = closeOthers(&actions, Int32(descriptors.count))
        let words = arguments.map { strdup($0) }
        let settings = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in words + settings { free(text) } }
        var pid: pid_t = 0
        let problem = posix_spawn(&pid, path, &actions, nil, words + [nil], settings + [nil])
        guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EIO) }
        return pid
    }
}

private struct OpenPipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        (reading, writing) = (ends[0], ends[1])
    }
}

import Foundation
import Synchronization

/// One process of a local cluster, whose standard input this process holds: when this process goes, so does the child.
final class ClusterChild: Sendable {
    let name: String
    let command: [String]
    let log: String
    let pid: Int32

    /// Why this is safe: it is only kept alive here, and never touched again after the start.
    private struct Handle: @unchecked Sendable { let process: Process }

    private let handle: Handle
    private let end = ChildEnd()
    private let lifeline = Pipe()

    /// - Parameter onDeath: called where the process ends although nobody stopped it.
    /// - Throws: ``ClusterError/missingExecutable(_:)``.
    init(name: String, command: [String], log: String, onDeath: @escaping @Sendable (String, Int32) -> Void) throws {
        self.name = name
        self.command = command
        self.log = log
        guard FileManager.default.isExecutableFile(atPath: command[0]) else { throw ClusterError.missingExecutable(command[0]) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst()) + ["--exit-with-stdin"]
        process.environment = Self.environment
        process.standardInput = lifeline
        let output = try Self.openLog(log)
        process.standardOutput = output
        process.standardError = output
        process.terminationHandler = { [end] process in
            let wasExpected = end.reach()
            if !wasExpected { onDeath(name, process.terminationStatus) }
        }
        try process.run()
        handle = Handle(process: process)
        pid = process.processIdentifier
        try? output.close()
    }

    var isRunning: Bool { !end.isReached }

    /// From now on the end of the process is nobody's surprise.
    func expectEnd() { end.expect() }

    /// Asks the process to stop, and kills it where it takes longer than that.
    func stop(within limit: Duration) async {
        expectEnd()
        try? lifeline.fileHandleForWriting.close()
        if isRunning { kill(pid, SIGTERM) }
        let killer = Task { [pid] in
            try await Task.sleep(for: limit)
            kill(pid, SIGKILL)
        }
        await end.wait()
        killer.cancel()
    }

    /// Without this shell's settings for a node of its own: they would override the files that the cluster wrote.
    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PORTOLAN_") }
    }

    private static func openLog(_ path: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path), !FileManager.default.createFile(atPath: path, contents: nil) {
            throw ClusterError.folderNotWritable(path)
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        return handle
    }
}

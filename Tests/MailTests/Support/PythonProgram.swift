import Foundation
import Synchronization

/// A Python script of this package that runs beside a test.
///
/// It is told to end when the test ends, and ends by itself when the test's process is killed, because its standard input
/// closes then.
final class PythonProgram: Sendable {
    private let process: Mutex<Process>
    private let input: FileHandle
    /// The lines of its standard output.
    let lines: AsyncStream<String>

    init(script: String, arguments: [String] = []) throws {
        let process = Process()
        process.executableURL = try Self.interpreter()
        process.arguments = ["-u", Self.root.appendingPathComponent("scripts/mail/\(script)").path] + arguments
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        lines = Self.lines(of: standardOutput.fileHandleForReading)
        try process.run()
        input = standardInput.fileHandleForWriting
        self.process = Mutex(process)
    }

    /// Writes to the program's standard input and closes it.
    func finishInput(_ data: Data = Data()) throws {
        try input.write(contentsOf: data)
        try input.close()
    }

    func stop() {
        process.withLock { process in
            if process.isRunning { process.terminate() }
        }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func interpreter() throws -> URL {
        let path =
            ProcessInfo.processInfo.environment["PORTOLAN_TEST_PYTHON"] ?? root.appendingPathComponent(".venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw MissingPython(path: path) }
        return URL(fileURLWithPath: path)
    }

    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let pending = Mutex(Data())
        handle.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return continuation.finish()
            }
            pending.withLock { pending in
                pending += data
                while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: pending[..<end], as: UTF8.self))
                    pending = Data(pending[(end + 1)...])
                }
            }
        }
        return lines
    }
}

struct MissingPython: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "expected Python with the packages of scripts/requirements.txt at \(path), found none; run scripts/test once, or set PORTOLAN_TEST_PYTHON"
    }
}

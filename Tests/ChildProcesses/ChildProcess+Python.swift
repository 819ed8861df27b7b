import Foundation

extension ChildProcess {
    /// A Python script of this package, with the packages of `scripts/requirements.txt`.
    ///
    /// - Parameter script: its path below `scripts`.
    public convenience init(script: String, _ arguments: [String] = []) throws {
        let interpreter =
            ProcessInfo.processInfo.environment["PORTOLAN_TEST_PYTHON"] ?? Self.root.appending(path: ".venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: interpreter) else { throw MissingPython(path: interpreter) }
        try self.init(interpreter, ["-u", Self.root.appending(path: "scripts/\(script)").path] + arguments)
    }

    /// The folder of `Package.swift`.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

struct MissingPython: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "expected Python with the packages of scripts/requirements.txt at \(path), found none; run scripts/test once, or set PORTOLAN_TEST_PYTHON"
    }
}

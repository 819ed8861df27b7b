import ArgumentParser
import Foundation

/// The end of a command that did not do what was asked: one message on standard error, and an exit code.
enum CommandFailure {
    /// EX_CONFIG.
    static let wrongConfiguration = ExitCode(78)

    static func report(_ error: any Error, code: ExitCode = .failure) -> ExitCode {
        FileHandle.standardError.write(Data("portolanctl: \(error)\n".utf8))
        return code
    }
}

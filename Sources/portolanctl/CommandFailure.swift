import ArgumentParser
import Foundation
import ManagementClient
import ServiceProcess

/// The end of a command that did not do what was asked: one message on standard error, and an exit code.
enum CommandFailure {
    /// EX_USAGE.
    static let usage = ExitCode(64)
    static let wrongConfiguration = ExitCode(ExitStatus.wrongConfiguration)

    /// Does something through the management API, and explains what it refuses.
    static func reporting<Outcome>(_ work: () async throws -> Outcome) async throws -> Outcome {
        do {
            return try await work()
        } catch let error as ManagementError {
            throw report(error)
        }
    }

    /// Prints the message, and returns what the command has to throw.
    static func report(_ problem: Any, code: ExitCode = .failure) -> ExitCode {
        FileHandle.standardError.write(Data("portolanctl: \(problem)\n".utf8))
        return code
    }
}

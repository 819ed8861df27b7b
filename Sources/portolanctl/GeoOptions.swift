import ArgumentParser
import Foundation
import ManagementClient

/// Which geo's management API to talk to, and as whom.
struct GeoOptions: ParsableArguments {
    static let tokenVariable = "PORTOLAN_ADMIN_TOKEN"

    @Option(help: ArgumentHelp("The address of the geo's management API, such as https://eu.api.example.com.", valueName: "url"))
    var api: String

    @Option(
        help: ArgumentHelp(
            "A file that holds an admin token of that geo; without it the token is taken from \(Self.tokenVariable).",
            valueName: "file"))
    var tokenFile: String?

    /// - Throws: the exit code of a wrong use, which was explained.
    func client() throws -> ManagementClient {
        guard let token = try token(), !token.isEmpty else {
            throw CommandFailure.report(
                "expected an admin token in \(Self.tokenVariable) or in a --token-file; make one with: portolanctl admin token create",
                code: CommandFailure.usage)
        }
        return try ManagementClient(api: api, token: token)
    }

    private func token() throws -> String? {
        guard let tokenFile else {
            return ProcessInfo.processInfo.environment[Self.tokenVariable]?.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
            throw CommandFailure.report(
                "expected a readable file with an admin token at \(tokenFile)", code: CommandFailure.usage)
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

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

    func client() throws -> ManagementClient { try Self.client(api: api, tokenFile: tokenFile) }

    /// - Throws: the exit code of a wrong use, which was explained.
    static func client(api: String, tokenFile: String?) throws -> ManagementClient {
        guard let token = try token(in: tokenFile), !token.isEmpty else {
            throw CommandFailure.report(
                "expected an admin token in \(tokenVariable) or in a --token-file; make one with: portolanctl admin token create",
                code: CommandFailure.usage)
        }
        return try ManagementClient(api: api, token: token)
    }

    private static func token(in file: String?) throws -> String? {
        guard let file else {
            return ProcessInfo.processInfo.environment[tokenVariable]?.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure.report("expected a readable file with an admin token at \(file)", code: CommandFailure.usage)
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

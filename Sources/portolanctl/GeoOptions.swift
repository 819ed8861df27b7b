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

    func client() throws -> ManagementClient { try ManagementClient(api: api, token: token()) }

    private func token() throws -> String {
        if let tokenFile {
            guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
                throw ValidationError("expected a readable file with an admin token at \(tokenFile)")
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let token = ProcessInfo.processInfo.environment[Self.tokenVariable], !token.isEmpty else {
            throw ValidationError(
                "expected an admin token in \(Self.tokenVariable) or in a --token-file; make one with: portolanctl admin token create"
            )
        }
        return token
    }
}

import ArgumentParser
import Foundation
import ManagementClient

/// What a provider is set up with. What is left out stays as it is.
struct ProviderOptions: ParsableArguments {
    static let secretVariable = "PORTOLAN_CLIENT_SECRET"

    @Option(help: ArgumentHelp("Who the provider says it is, letter by letter.", valueName: "url"))
    var issuer: String?

    @Option(help: "The client's id at the provider.")
    var clientID: String?

    @Option(
        help: ArgumentHelp(
            "A file with the client's secret, or with its private key in PEM form; - for standard input. Without it the secret is taken from \(Self.secretVariable), if that is set.",
            valueName: "file"))
    var secretFile: String?

    @Option(help: "How the client proves who it is: client_secret_basic, client_secret_post or private_key_jwt.")
    var authentication: String?

    @Option(help: "What is asked for, separated by spaces; openid among it.")
    var scopes: String?

    @Option(help: "The claim that holds the person's name.")
    var nameClaim: String?

    @Option(help: "The claim that holds the address.")
    var emailClaim: String?

    @Option(help: "The claim that holds the groups.")
    var groupsClaim: String?

    @Option(help: "Whether an address that the provider has verified opens an account with a password that has the same address.")
    var linksVerifiedAddresses: PortalsCommand.Switch?

    @Option(help: "Whether it is the portal's provider.")
    var enabled: PortalsCommand.Switch?

    /// - Throws: the exit code of a wrong use, which was explained.
    func settings() throws -> IdentityProviderSettings {
        let claims = ["name": nameClaim, "email": emailClaim, "groups": groupsClaim].compactMapValues(\.self)
        return IdentityProviderSettings(
            issuer: issuer, clientID: clientID, secret: try secret(), authentication: authentication,
            scopes: scopes?.split(separator: " ").map(String.init), claims: claims.isEmpty ? nil : claims,
            linksVerifiedAddresses: linksVerifiedAddresses.map { $0 == .on }, enabled: enabled.map { $0 == .on })
    }

    private func secret() throws -> String? {
        guard let secretFile else { return ProcessInfo.processInfo.environment[Self.secretVariable] }
        let data =
            secretFile == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: secretFile)
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure.report(
                "expected a readable file with the client's secret at \(secretFile)", code: CommandFailure.usage)
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

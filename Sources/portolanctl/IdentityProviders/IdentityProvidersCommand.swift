import ArgumentParser
import ManagementClient

struct IdentityProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity-providers",
        abstract: "How developers log in through a company's identity provider (OpenID Connect).",
        discussion: """
            Works through the management API of one geo, with an admin token of that geo in PORTOLAN_ADMIN_TOKEN. The client's \
            secret, or its private key in PEM form, comes from a file, from standard input or from PORTOLAN_CLIENT_SECRET.

            EXAMPLES
              portolanctl identity-providers create --api https://eu.api.example.com --portal acme \\
                --issuer https://login.example.com --client-id portal --secret-file secret.txt --enabled on
              portolanctl identity-providers test --api https://eu.api.example.com --portal acme
              portolanctl identity-providers methods --api https://eu.api.example.com --portal acme --passwords off
            """,
        subcommands: [List.self, Create.self, Update.self, Delete.self, Test.self, Methods.self])

    struct PortalOptions: ParsableArguments {
        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        /// The client, the portal's id and the provider that is meant: the given one, or the portal's only one.
        func provider(_ id: String?) async throws -> (ManagementClient, portal: String, provider: RemoteIdentityProvider) {
            let (client, portal) = try await place()
            let known = try await client.identityProviders(of: portal)
            guard let provider = known.first(where: { $0.id == id || id == nil && known.count == 1 }) else {
                throw CommandFailure.report(
                    "expected the id of an identity provider of this portal; it has \(known.map(\.id).joined(separator: ", "))",
                    code: CommandFailure.usage)
            }
            return (client, portal, provider)
        }

        func place() async throws -> (ManagementClient, portal: String) {
            let client = try geo.client()
            return (client, try await client.portal(named: portal).id)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists a portal's identity providers.")

        @OptionGroup var options: PortalOptions

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal) = try await options.place()
                for provider in try await client.identityProviders(of: portal) { print(IdentityProvidersCommand.line(provider)) }
            }
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sets up an identity provider.")

        @OptionGroup var options: PortalOptions
        @OptionGroup var settings: ProviderOptions

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal) = try await options.place()
                let provider = try await client.createIdentityProvider(settings.settings(), of: portal)
                print(IdentityProvidersCommand.line(provider))
            }
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Changes what is named and leaves the rest.")

        @OptionGroup var options: PortalOptions
        @OptionGroup var settings: ProviderOptions

        @Argument(help: "The provider's id; may be left out where the portal has one.")
        var id: String?

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal, provider) = try await options.provider(id)
                let changed = try await client.updateIdentityProvider(provider.id, with: settings.settings(), of: portal)
                print(IdentityProvidersCommand.line(changed))
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes an identity provider.",
            discussion: "Developers who came through it stay; set up again with the same issuer, it knows them again.")

        @OptionGroup var options: PortalOptions
        @OptionGroup var confirmation: Confirmation

        @Argument(help: "The provider's id; may be left out where the portal has one.")
        var id: String?

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal, provider) = try await options.provider(id)
                try await client.deleteIdentityProvider(provider.id, of: portal)
                print("\(provider.id)  deleted")
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tries a configuration, and says which step fails.",
            discussion: "Nothing is changed and nobody is logged in. Exit code 1 where a step fails.")

        @OptionGroup var options: PortalOptions

        @Argument(help: "The provider's id; may be left out where the portal has one.")
        var id: String?

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal, provider) = try await options.provider(id)
                let examination = try await client.examineIdentityProvider(provider.id, of: portal)
                for step in examination.steps {
                    print("\(step.passed ? "ok    " : "failed")  \(step.name)  \(step.problem ?? "")")
                }
                if !examination.passed { throw ExitCode.failure }
            }
        }
    }

    struct Methods: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switches the methods of log-in; the last one cannot be switched off.")

        @OptionGroup var options: PortalOptions

        @Option(help: "Whether developers log in with passwords.")
        var passwords: PortalsCommand.Switch?

        @Option(help: "Whether developers log in through the identity provider.")
        var sso: PortalsCommand.Switch?

        func run() async throws {
            try await CommandFailure.reporting {
                let (client, portal) = try await options.place()
                let methods = try await client.switchLogIn(
                    passwords: passwords.map { $0 == .on }, singleSignOn: sso.map { $0 == .on }, of: portal)
                print("passwords \(methods.basicAuthEnabled ? "on" : "off")  sso \(methods.oidcAuthEnabled ? "on" : "off")")
            }
        }
    }

    private static func line(_ provider: RemoteIdentityProvider) -> String {
        "\(provider.id)  \(provider.config.issuerUrl)  \(provider.config.clientId)  \(provider.enabled ? "on" : "off")"
    }
}

import ArgumentParser

/// A command that makes a developer's account.
protocol NewDeveloper: AsyncParsableCommand {
    static var sendsInvitation: Bool { get }
    var account: NewAccount { get }
}

/// What it is made of.
struct NewAccount: ParsableArguments {
    @OptionGroup var geo: GeoOptions

    @Option(help: "The portal's name, or the first label of its host.")
    var portal: String

    @Option(help: ArgumentHelp("The developer's name.", valueName: "full name"))
    var name: String

    @Option(help: "The status; otherwise the portal's setting decides, as for those who register.")
    var status: DeveloperStatusName?

    @Argument(help: "The developer's e-mail address.")
    var email: String
}

extension NewDeveloper {
    func run() async throws {
        try await CommandFailure.reporting {
            let client = try account.geo.client()
            let portal = try await client.portal(named: account.portal)
            let developer = try await client.createDeveloper(
                email: account.email, fullName: account.name, status: account.status?.rawValue,
                sendsInvitation: Self.sendsInvitation, at: portal.id)
            print(developer.line)
        }
    }
}

extension DevelopersCommand {
    struct Create: NewDeveloper {
        static let configuration = CommandConfiguration(
            abstract: "Makes a developer's account, and writes no mail.",
            discussion: "The developer sets a password by \"Forgot password?\" at the portal, which proves the address.")
        static let sendsInvitation = false
        @OptionGroup var account: NewAccount
    }

    struct Invite: NewDeveloper {
        static let configuration = CommandConfiguration(
            abstract: "Makes a developer's account, and mails a link that sets its password.",
            discussion: """
                The mail goes to who may come in or waits, so not with --status rejected or revoked.

                EXAMPLE
                  portolanctl developers invite --api https://eu.api.example.com --portal acme --name "Jane Doe" jane@example.com
                """)
        static let sendsInvitation = true
        @OptionGroup var account: NewAccount
    }
}

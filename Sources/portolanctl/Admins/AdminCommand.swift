import ArgumentParser
import NodeService

struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Admins of one geo, on that geo's machine.", subcommands: [Link.self, Token.self])

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tokens that open the management API of one geo.", subcommands: [Create.self])
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token, shown once; the geo's store keeps only its hash.",
            discussion: """
                Runs on the geo's own machine, as the user who owns the data folder, before the node's first start or beside the \
                running node. The admin is made where the address is new; mails about developers who wait for approval go there. \
                An admin who is there keeps its role; change it with: portolanctl admins role

                EXAMPLE
                  portolanctl admin token create --config /etc/portolan/node.yaml --email you@example.com
                """)

        @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
        var config: String

        @Option(help: "The admin's address.")
        var email: String

        @Option(help: "What the token is for.")
        var name = "portolanctl"

        @Option(help: "What an admin may do who is made now: owner everything, approver decide about developers, viewer look.")
        var role = AdminRoleName.owner

        func run() async throws {
            try await CommandFailure.reportingOfMachine {
                print(
                    try await NodeAdministration.createAdminToken(
                        configurationFile: config, email: email, name: name, role: role.role))
            }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the link with which an admin chooses a password for the console.",
            discussion: """
                Runs on the geo's own machine, as the user who owns the data folder, before the node's first start or beside the \
                running node. The admin is made where the address is new; one who is there keeps its role. The link works once and \
                for a day; hand it to the admin yourself, since it is in no mail.

                EXAMPLE
                  portolanctl admin link --config /etc/portolan/node.yaml --email you@example.com
                """)

        @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
        var config: String

        @Option(help: "The admin's address.")
        var email: String

        @Option(help: "What an admin may do who is made now: owner everything, approver decide about developers, viewer look.")
        var role = AdminRoleName.owner

        func run() async throws {
            try await CommandFailure.reportingOfMachine {
                print(
                    try await NodeAdministration.createConsoleLink(configurationFile: config, email: email, role: role.role))
            }
        }
    }
}

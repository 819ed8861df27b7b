import ArgumentParser
import Foundation
import ManagementClient

struct AdminsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admins", abstract: "The admins of one geo, what each may do, and their tokens.",
        discussion: """
            Works through the management API of one geo, with an owner's token of that geo in PORTOLAN_ADMIN_TOKEN. The first \
            token is made on the geo's machine: portolanctl admin token create

              owner      everything, other admins too
              approver   sees everything about developers and decides about them, reads the audit log
              viewer     sees portals and developers, and changes nothing

            EXAMPLES
              portolanctl admins create --api https://eu.api.example.com --role approver ada@example.com
              portolanctl admins tokens create --api https://eu.api.example.com --name laptop --days 90 ada@example.com
              portolanctl admins role --api https://eu.api.example.com ada@example.com viewer
              portolanctl admins link --api https://eu.api.example.com ada@example.com
              portolanctl admins reset-second-factor --api https://eu.api.example.com --yes ada@example.com
            """,
        subcommands: [
            List.self, Me.self, Create.self, Role.self, Link.self, ResetSecondFactor.self, Delete.self, AdminTokensCommand.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the geo's admins, in the order of their making.")

        @OptionGroup var geo: GeoOptions

        func run() async throws {
            try await CommandFailure.reporting {
                for admin in try await geo.client().admins() { print(admin.line) }
            }
        }
    }

    struct Me: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says whose token this is, and what it may do; for every role.")

        @OptionGroup var geo: GeoOptions

        func run() async throws {
            try await CommandFailure.reporting { print(try await geo.client().ownAdmin().line) }
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an admin, who has no token yet.",
            discussion: "Mails about developers who wait go to owners and approvers.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "What the admin may do.")
        var role: AdminRoleName

        @Argument(help: "The admin's e-mail address.")
        var email: String

        func run() async throws {
            try await CommandFailure.reporting {
                print(try await geo.client().createAdmin(email: email, role: role.rawValue).line)
            }
        }
    }

    struct Role: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an admin another role, from the next request on.",
            discussion: "The geo's last owner stays one.")

        @OptionGroup var target: AdminTarget

        @Argument(help: "What the admin may do.")
        var role: AdminRoleName

        func run() async throws {
            try await target.find { client, admin in
                print(try await client.setRole(role.rawValue, of: admin.id).line)
            }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mails an admin a link to choose a password for the console.",
            discussion: """
                The link works once and for a day, and replaces an older one. It is in the mail only; where no mail arrives, make one on \
                the geo's machine: portolanctl admin link
                """)

        @OptionGroup var target: AdminTarget

        func run() async throws {
            try await target.find { client, admin in
                try await client.sendPasswordLink(to: admin.id)
                print("\(admin.id)  \(admin.email)  a link to choose a password is on its way")
            }
        }
    }

    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the second factor of an admin away who has lost the app and the recovery codes.",
            discussion: """
                Every session of the admin ends, and the password alone leads to setting up a new app: be sure who asks for it. The \
                admin is told by mail.
                """)

        @OptionGroup var target: AdminTarget

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await target.find { client, admin in
                try await client.resetSecondFactor(of: admin.id)
                print("\(admin.id)  \(admin.email)  sets up a new second factor at the next log-in")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes an admin; every token of the admin ends at once.", discussion: "The geo's last owner stays.")

        @OptionGroup var target: AdminTarget

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await target.find { client, admin in
                try await client.deleteAdmin(admin.id)
                print("\(admin.id)  \(admin.email)  deleted")
            }
        }
    }
}

extension RemoteAdmin {
    /// For people who read a list.
    fileprivate var line: String {
        "\(id)  \(role.padding(toLength: 8, withPad: " ", startingAt: 0))  \(createdAt.prefix(10))  \(email)"
    }
}

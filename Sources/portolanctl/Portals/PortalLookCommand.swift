import ArgumentParser
import Foundation
import ManagementClient

/// How a portal presents itself.
struct PortalLookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look", abstract: "How a portal presents itself: name, colour, logo, icon, welcome.",
        discussion: """
            EXAMPLES
              portolanctl portals look set --api https://eu.api.example.com --accent "#0b5f7a" --logo logo.svg acme
              portolanctl portals look set --api https://eu.api.example.com --welcome-title "Build with Acme" acme
              portolanctl portals look reset --api https://eu.api.example.com --logo acme
            """,
        subcommands: [Show.self, Set.self, Reset.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a portal's look.")

        @OptionGroup var geo: GeoOptions

        @Argument(help: "The portal's name, or the first label of its host.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: name)
                PortalLookCommand.show(try await client.look(of: portal.id), of: portal)
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes what is given and leaves the rest.",
            discussion: """
                An image is PNG, JPEG, GIF, WebP, ICO or a plain SVG drawing: a logo of at most 256 KiB, an icon of at most 64 KiB. \
                The colour may be any; pages and mails darken or lighten it where it could not be read.
                """)

        @OptionGroup var geo: GeoOptions

        @Option(help: "What developers read as the portal's name.")
        var displayName: String?

        @Option(help: "The colour of what stands out, such as #0b5f7a.")
        var accent: String?

        @Option(help: "The heading of the first page.")
        var welcomeTitle: String?

        @Option(help: "What stands below that heading.")
        var welcomeText: String?

        @Option(help: ArgumentHelp("The logo beside the portal's name.", valueName: "file"))
        var logo: String?

        @Option(help: ArgumentHelp("The icon of the browser's tab.", valueName: "file"))
        var favicon: String?

        @Argument(help: "The portal's name, or the first label of its host.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                // Files first: one that is missing changes nothing.
                let images = try [("logo", logo), ("favicon", favicon)].compactMap { kind, file in
                    try file.map { (kind: kind, image: try ImageFile($0)) }
                }
                let client = try geo.client()
                var portal = try await client.portal(named: name)
                if let displayName { portal = try await client.setDisplayName(displayName, of: portal.id) }
                for (kind, image) in images {
                    try await client.setImage(kind, of: portal.id, to: image.bytes, mediaType: image.mediaType)
                }
                let look = try await client.setLook(
                    of: portal.id, accent: accent, welcomeTitle: welcomeTitle, welcomeText: welcomeText)
                PortalLookCommand.show(look, of: portal)
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings defaults back: those that are named, or all but the display name.")

        @OptionGroup var geo: GeoOptions

        @Flag(help: "The colour.")
        var accent = false

        @Flag(help: "Heading and text of the first page.")
        var welcome = false

        @Flag(help: "The logo; there is none then.")
        var logo = false

        @Flag(help: "The icon of the browser's tab.")
        var favicon = false

        @Argument(help: "The portal's name, or the first label of its host.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: name)
                let isAll = !(accent || welcome || logo || favicon)
                for (kind, isNamed) in [("logo", logo), ("favicon", favicon)] where isNamed || isAll {
                    do {
                        try await client.removeImage(kind, of: portal.id)
                    } catch ManagementError.refused(status: 404, _, _) {
                        // It has none, which is what was asked for.
                    }
                }
                let text = welcome || isAll ? "" : nil
                let look = try await client.setLook(
                    of: portal.id, accent: accent || isAll ? "" : nil, welcomeTitle: text, welcomeText: text)
                PortalLookCommand.show(look, of: portal)
            }
        }
    }

    private static func show(_ look: RemoteLook, of portal: RemotePortal) {
        print("\(portal.id)  \(portal.name)  \(portal.displayName)")
        print("accent         \(look.theme.colors.primary ?? "the default")")
        print("welcome title  \(look.welcome.title ?? "the display name")")
        print("welcome text   \(look.welcome.text ?? "the description, or the default")")
    }
}

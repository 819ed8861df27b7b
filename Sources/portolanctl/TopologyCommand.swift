import ArgumentParser
import ConfigurationFiles
import Foundation
import Geography

struct TopologyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology", abstract: "Looks at the file that all processes share.", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explains what is wrong with a topology, or what it says.",
            discussion: """
                Reads topology.yaml as a node and a router do. Where it is right, prints every host and the geo to which it \
                leads. Where it is wrong, prints the line, the key and what was expected, and exits with 78.

                EXAMPLE
                  portolanctl topology check /etc/portolan/topology.yaml
                """)

        @Argument(help: ArgumentHelp("The topology.", valueName: "topology.yaml"))
        var file: String

        func run() throws {
            do {
                print(try TopologySummary(Topology(yaml: TextFile.read(file), named: file)).text)
            } catch {
                throw CommandFailure.report(error, code: CommandFailure.wrongConfiguration)
            }
        }
    }
}

/// What a right topology says, for people.
struct TopologySummary {
    let text: String

    init(_ topology: Topology) {
        var lines = [
            "This topology is right. Its hosts:", "", "  \(topology.chooserHost)  the page on which a developer chooses a geo",
        ]
        for geo in topology.geos {
            let nodes = geo.nodes.map(\.service.description).joined(separator: ", ")
            lines += [
                "", "  \(geo.id)  \(geo.name), number \(geo.number), served by \(nodes)",
                "    {portal}.\(geo.id).portal.\(topology.domain)  pages and Portal API",
                "    \(topology.managementHost(of: geo.id))  management API", "    \(topology.consoleHost(of: geo.id))  console",
            ]
            for domain in topology.customDomains where domain.geo == geo.id {
                lines.append("    \(domain.host)  the portal \(domain.portal)")
            }
        }
        lines += ["", "People reach them as \(topology.origin(of: topology.chooserHost))"]
        text = lines.joined(separator: "\n")
    }
}

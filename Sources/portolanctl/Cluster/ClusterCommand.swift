import ArgumentParser

struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Several nodes and a router on this machine, to look at and to test against.",
        subcommands: [Up.self, Check.self])
}

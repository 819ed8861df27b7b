import ArgumentParser

/// A command that gives developers another status.
protocol StatusChange: AsyncParsableCommand {
    static var status: String { get }
    var target: DeveloperTarget { get }
}

extension StatusChange {
    func run() async throws {
        try await target.forEach { client, portal, id in
            try await client.setStatus(Self.status, of: id, at: portal.id).line
        }
    }
}

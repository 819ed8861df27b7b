import ConfigurationFiles
import Foundation
import Testing

@testable import NodeService

@Suite("A node's configuration")
struct NodeConfigurationTests {
    static let smallest = """
        geo: eu
        topology: topology.yaml
        listen: 127.0.0.1:9101
        admin_listen: 127.0.0.1:9111
        data: data
        mail: {from: "Acme <no-reply@example.com>"}
        """

    static let localTopology = TestNode.topology + "\npublic: {scheme: http}\n"

    private func read(
        _ yaml: String, environment: [String: String] = [:], topology: String = Self.localTopology
    ) throws -> NodeConfiguration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-conf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(topology.utf8).write(to: folder.appendingPathComponent("topology.yaml"))
        try Data(yaml.utf8).write(to: folder.appendingPathComponent("node.yaml"))
        return try NodeConfiguration(path: folder.appendingPathComponent("node.yaml").path, environment: environment)
    }

    @Test("the smallest file is enough, and everything else keeps its default")
    func defaults() throws {
        let configuration = try read(Self.smallest)
        #expect(configuration.geo.id.value == "eu")
        #expect(configuration.dataFolder.hasSuffix("/data"))
        #expect(configuration.passwords.cost.logRounds == 15)
        #expect(configuration.policy.verificationLifetime == .seconds(24 * 3600))
        #expect(configuration.policy.passwordResetLifetime == .seconds(3600))
        #expect(configuration.shutdownGrace == .seconds(10))
    }

    @Test("the environment overrides the file")
    func environment() throws {
        let configuration = try read(
            Self.smallest, environment: ["PORTOLAN_GEO": "us", "PORTOLAN_LIFETIMES_VERIFICATION_MINUTES": "5"])
        #expect(configuration.geo.id.value == "us")
        #expect(configuration.policy.verificationLifetime == .seconds(300))
    }

    @Test("throttling, retention and the catalog are the operator's to set, each key by its own name")
    func throttlingAndRetention() throws {
        let configuration = try read(
            """
            \(Self.smallest)
            throttling: {free_failures: 3, free_failures_of_client: 30, first_delay_seconds: 2, longest_delay_seconds: 60,
              forget_after_minutes: 5, links_per_hour: 2}
            retention: {interval_minutes: 1, unverified_registration_hours: 2, one_time_token_hours: 3, session_hours: 4,
              delivered_mail_hours: 5, dead_letter_hours: 6}
            catalog: {document_bytes: 2048, rendered_bytes: 1048576}
            """)
        #expect(configuration.policy.documentBytes == 2048 && configuration.renderedDocumentBytes == 1_048_576)
        let throttle = configuration.policy.throttle
        #expect(throttle.freeFailures == 3 && throttle.freeFailuresOfClient == 30 && configuration.policy.linksPerHour == 2)
        #expect(throttle.firstDelay == .seconds(2) && throttle.longestDelay == .seconds(60))
        #expect(throttle.forgetAfter == .seconds(300))
        let retention = configuration.retention
        #expect(retention.interval == .seconds(60))
        #expect(retention.policy.unverifiedRegistrations == .seconds(2 * 3600))
        #expect(retention.policy.oneTimeTokens == .seconds(3 * 3600) && retention.policy.sessions == .seconds(4 * 3600))
        #expect(retention.policy.deliveredMails == .seconds(5 * 3600) && retention.policy.deadLetters == .seconds(6 * 3600))
    }

    @Test(
        "what is wrong is named with its line",
        arguments: [
            ("colour: blue", "node.yaml:7: colour: there is no such key"),
            ("shutdown_grace_seconds: 601", "node.yaml:7: shutdown_grace_seconds: expected a whole number from 0 to 600"),
            ("passwords: {scrypt_log_n: 9}", "passwords.scrypt_log_n: expected a whole number from 10 to 20"),
            ("lifetimes: {refresh_token_minutes: 0}", "lifetimes.refresh_token_minutes: expected a whole number from 1"),
            ("throttling: {links_per_hour: 0}", "throttling.links_per_hour: expected a whole number from 1 to 1000"),
            ("retention: {session_days: 1}", "retention.session_days: there is no such key"),
            ("catalog: {rendered_bytes: 1048575}", "catalog.rendered_bytes: expected a whole number from 1048576"),
            ("log: {format: xml}", "log.format: expected one of text, json"),
        ])
    func wrong(line: String, message: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try read("\(Self.smallest)\n\(line)\n") }
        #expect(error.description.contains(message))
    }

    @Test("a mailbox that everybody can read is refused where people come by https")
    func openMailbox() throws {
        let error = try #require(throws: ConfigurationError.self) { try read(Self.smallest, topology: TestNode.topology) }
        #expect(error.description.contains("node.yaml:6: mail: expected `transport: smtp`"))
    }

    @Test("a geo that the topology does not have is refused, with those that it has")
    func unknownGeo() throws {
        let yaml = Self.smallest.replacingOccurrences(of: "geo: eu", with: "geo: mars")
        let error = try #require(throws: ConfigurationError.self) { try read(yaml) }
        #expect(error.description.contains("has no geo mars; its geos are eu, us"))
    }
}

import ConfigurationFiles
import Foundation
import Logging
import ServiceLogs
import Testing

@Suite("Log settings")
struct LogSettingsTests {
    @Test("without a section logs are text from info up")
    func defaults() throws {
        #expect(try settings("geo: eu") == LogSettings(format: .text, level: .info))
    }

    @Test("format and level are read, by file and by environment")
    func read() throws {
        #expect(try settings("log: {format: json, level: debug}") == LogSettings(format: .json, level: .debug))
        #expect(
            try settings("log: {format: json}", ["PORTOLAN_LOG_FORMAT": "text", "PORTOLAN_LOG_LEVEL": "critical"])
                == LogSettings(format: .text, level: .critical))
    }

    @Test(
        "another key, format or level is refused with what there is",
        arguments: [
            ("log:\n  format: xml", "node.yaml:2: log.format: expected one of text, json, found \"xml\""),
            (
                "log:\n  level: loud",
                "node.yaml:2: log.level: expected one of trace, debug, info, notice, warning, error, critical, found \"loud\""
            ),
            ("log:\n  colour: red", "node.yaml:2: log.colour: there is no such key; the keys here are format, level"),
        ])
    func wrong(yaml: String, message: String) {
        #expect(throws: ConfigurationError.self) { try settings(yaml) }
        do { _ = try settings(yaml) } catch { #expect("\(error)" == message) }
    }

    @Test("events below the level are dropped, those at it are not", arguments: Logger.Level.allCases)
    func levels(level: Logger.Level) throws {
        let capture = LogCapture()
        let logger = capture.logger(.json, level: level)
        for each in Logger.Level.allCases { logger.log(level: each, "said") }
        let written = capture.text.matches(of: #/"level":"([a-z]+)"/#).map { String($0.1) }
        #expect(written == Logger.Level.allCases.filter { $0 >= level }.map(\.rawValue))
    }

    @Test("the time is the moment of the event, in UTC")
    func time() throws {
        let capture = LogCapture()
        let before = Date()
        capture.logger(.json).info("said")
        let text = try #require(try capture.object()["time"] as? String)
        let time = try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        #expect(time >= before.addingTimeInterval(-0.001) && time <= Date())
        #expect(text.hasSuffix("Z"))
    }

    @Test("an event's metadata wins over its logger's, and that over nothing")
    func metadata() throws {
        let capture = LogCapture()
        var logger = capture.logger(.json)
        logger[metadataKey: "geo"] = "eu"
        logger[metadataKey: "node"] = "1"
        logger.info("said", metadata: ["geo": "us"])
        let object = try capture.object()
        #expect(object["geo"] as? String == "us" && object["node"] as? String == "1")
    }

    private func settings(_ yaml: String, _ environment: [String: String] = [:]) throws -> LogSettings {
        try LogSettings(reading: ConfigurationFile(yaml: yaml, named: "node.yaml", environment: environment).root.section("log"))
    }
}

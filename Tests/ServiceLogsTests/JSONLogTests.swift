import Foundation
import Logging
import ServiceLogs
import Testing

@Suite("Logs as JSON")
struct JSONLogTests {
    static let disruptive = [
        "plain", "", "two\nlines", "carriage\rreturn", "tab\there", "quote\"s", "back\\slash", "nul\u{0}", "bell\u{7}",
        "escape\u{1B}[31mred", "delete\u{7F}", "next line\u{85}", "separators\u{2028}\u{2029}", "turned\u{202E}around",
        "isolates\u{2066}\u{2069}", "bücher 山田 𠮷 👩‍👩‍👧", "},\"level\":\"forged\"", "\\u0000", "\u{FFFF}\u{FEFF}",
        String(repeating: "\u{1}", count: 5000),
    ]

    @Test("any text is one valid line and comes back as it was", arguments: disruptive)
    func anyText(text: String) throws {
        let capture = LogCapture()
        capture.logger(.json).info("\(text)", metadata: ["value": "\(text)", "list": ["\(text)"], "map": ["\(text)": "\(text)"]])
        let object = try capture.object()
        #expect(object["message"] as? String == text)
        #expect(object["value"] as? String == text)
        #expect(object["list"] as? [String] == [text])
        #expect(object["map"] as? [String: String] == [text: text])
        try expectOneLine(capture)
    }

    @Test("any key is valid and forges none of the line's own", arguments: disruptive)
    func anyKey(key: String) throws {
        let capture = LogCapture()
        capture.logger(.json).warning("said", metadata: [key: "value"])
        let object = try capture.object()
        #expect(object[key] as? String == "value")
        #expect(object["level"] as? String == "warning" && object["message"] as? String == "said")
        try expectOneLine(capture)
    }

    @Test("metadata with the line's own names stands beside them", arguments: ["time", "level", "logger", "message"])
    func reserved(name: String) throws {
        let capture = LogCapture()
        capture.logger(.json).info("said", metadata: ["\(name)": "forged"])
        let object = try capture.object()
        #expect(object["\(name)_"] as? String == "forged" && object[name] as? String != "forged")
    }

    @Test("no name stands twice in a line, whatever metadata and errors are called")
    func unique() throws {
        let capture = LogCapture()
        let metadata: Logger.Metadata = ["error": "own", "time": "1", "time_": "2"]
        capture.logger(.json).error("said", error: CaptureError.noObject, metadata: metadata)
        let names = capture.text.matches(of: #/"([a-z_]+)":/#).map { String($0.1) }
        #expect(names.count == Set(names).count)
        let values = Set(try capture.object().values.compactMap { $0 as? String })
        #expect(values.isSuperset(of: ["own", "1", "2", "noObject"]))
    }

    @Test("numbers and truth values are JSON's own; what is none is a text")
    func values() throws {
        let capture = LogCapture()
        capture.logger(.json).info(
            "said",
            metadata: [
                "int": .stringConvertible(-7), "bool": .stringConvertible(true), "double": .stringConvertible(1e300),
                "infinite": .stringConvertible(Double.infinity), "nan": .stringConvertible(Double.nan),
                "deep": ["a": ["b", ["c": "d"]]], "empty": .array([]), "none": .dictionary([:]),
            ])
        let object = try capture.object()
        #expect(object["int"] as? Int == -7 && object["bool"] as? Bool == true && object["double"] as? Double == 1e300)
        #expect(object["infinite"] as? String == "inf" && object["nan"] as? String == "nan")
        let deep = try #require(object["deep"] as? [String: [Any]])
        #expect(deep["a"]?.first as? String == "b" && deep["a"]?.last as? [String: String] == ["c": "d"])
        #expect((object["empty"] as? [Any])?.isEmpty == true && (object["none"] as? [String: Any])?.isEmpty == true)
    }

    @Test("an error of an event is a field")
    func error() throws {
        let capture = LogCapture()
        capture.logger(.json).error("failed", error: CaptureError.lines(3))
        #expect(try capture.object()["error"] as? String == "lines(3)")
    }

    private func expectOneLine(_ capture: LogCapture) throws {
        let line = try #require(capture.lines.first)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        let text = String(decoding: line.dropLast(), as: UTF8.self)
        #expect(!text.contains { $0.isNewline })
    }
}

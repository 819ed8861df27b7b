import Foundation
import Logging
import ServiceLogs
import Testing

@Suite("Logs as text")
struct TextLogTests {
    @Test("a line has time, level, logger, message and fields in the order of their names")
    func line() throws {
        let capture = LogCapture()
        capture.logger(.text).notice("started", metadata: ["port": "9101", "geo": "eu", "note": "two words"])
        let form = #/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z notice portolan\.test: started geo=eu note="two words" port=9101\n$/#
        #expect(capture.text.wholeMatch(of: form) != nil)
    }

    @Test("no value ends the line or forges a field", arguments: JSONLogTests.disruptive)
    func anyValue(text: String) throws {
        let capture = LogCapture()
        capture.logger(.text).info("said \(text)", metadata: ["value": "\(text)", "z": "end"])
        let line = try #require(capture.lines.first)
        #expect(line.last == UInt8(ascii: "\n") && line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(!String(decoding: line.dropLast(), as: UTF8.self).contains { $0.isNewline })
        let isBare = !text.isEmpty && text.utf8.allSatisfy { $0 < 0x80 && Character(UnicodeScalar($0)).isLetter }
        #expect(capture.text.hasSuffix(isBare ? " value=\(text) z=end\n" : "\" z=end\n"))
    }

    @Test("a key that is no plain word is quoted")
    func key() {
        let capture = LogCapture()
        capture.logger(.text).info("said", metadata: ["a b=c\n": "d"])
        #expect(capture.text.hasSuffix(#": said "a b=c\n"=d"# + "\n"))
    }
}

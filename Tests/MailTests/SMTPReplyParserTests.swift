import Testing

@testable import Mail

@Suite("A server's replies")
struct SMTPReplyParserTests {
    private static func read(_ chunks: String...) throws -> [SMTPReply] {
        var parser = SMTPReplyParser()
        return try chunks.flatMap { try parser.read($0.utf8) }
    }

    @Test("have one line or several, however they are cut")
    func replies() throws {
        let expected = [SMTPReply(code: 250, lines: ["one", "two"]), SMTPReply(code: 220, lines: [""])]
        #expect(try Self.read("250-one\r\n250 two\r\n220\r\n") == expected)
        #expect(try Self.read("25", "0-on", "e\r", "\n250 two\n", "220 \r\n") == expected)
    }

    @Test(
        "are refused when they are no SMTP",
        arguments: ["\r\n", "hello\r\n", "99 x\r\n", "600 x\r\n", "250-a\r\n251 b\r\n", "250xa\r\n", "2５0 x\r\n"])
    func malformed(text: String) {
        #expect(throws: SMTPFailure.self) { try Self.read(text) }
    }

    @Test("have limits")
    func limits() throws {
        let longest = "250 " + String(repeating: "x", count: SMTPReplyParser.lineLimit - 5)
        #expect(try Self.read(longest + "\r\n").count == 1)
        #expect(throws: SMTPFailure.self) { try Self.read(longest + "xx\r\n") }
        #expect(throws: SMTPFailure.self) { try Self.read(String(repeating: "250-x\r\n", count: 101)) }
    }

    @Test(
        "are told by their codes only",
        arguments: [
            ("5.1.1 <jane@example.com> unknown", "550 5.1.1"), ("<jane@example.com> unknown", "550"), ("5.1 x", "550"),
            ("5.1.1000 x", "550"), ("jane.1.1 x", "550"), ("", "550"),
        ])
    func codes(line: String, codes: String) {
        #expect(SMTPReply(code: 550, lines: [line]).codes == codes)
    }

    @Test("to EHLO say what the server offers")
    func capabilities() {
        let offers = SMTPCapabilities(
            SMTPReply(code: 250, lines: ["mx STARTTLS", "size 1000", "AUTH plain LOGIN", "AUTH CRAM-MD5", "SMTPUTF8"]))
        #expect(!offers.startTLS && offers.smtpUTF8 && !offers.eightBitMIME)
        #expect(offers.sizeLimit == 1000 && offers.declaresSize)
        #expect(offers.authentication == ["PLAIN", "LOGIN", "CRAM-MD5"])
        #expect(SMTPCapabilities(SMTPReply(code: 250, lines: ["mx", "SIZE 0"])).sizeLimit == nil)
    }

    @Test(
        "get a second dot where a line of the message starts with one",
        arguments: [
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"), (".a.\r\n", "..a.\r\n.\r\n"), ("a", "a\r\n.\r\n"),
            ("..", "...\r\n.\r\n"),
        ])
    func dotStuffing(content: String, stuffed: String) {
        #expect(SMTPSession.dotStuffed(Array(content.utf8)) == Array(stuffed.utf8))
    }
}

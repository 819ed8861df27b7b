import Testing

@testable import Accounts

@Suite("Time-based codes")
struct TimeBasedCodeTests {
    /// RFC 6238, appendix B gives eight digits for HMAC-SHA-1; the last six of them are the code of six.
    @Test(
        "the codes are those of RFC 6238, appendix B",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func vectors(seconds: Int64, code: String) {
        let codes = TimeBasedCode(secret: Array("12345678901234567890".utf8))
        #expect(codes.code(at: TimeBasedCode.step(at: Timestamp(milliseconds: seconds * 1000))) == code)
    }

    @Test("a code is taken a step early and a step late, not two, and never one that was used or an older one")
    func window() {
        let codes = TimeBasedCode(secret: Array(repeating: 7, count: 20))
        let now = Timestamp(milliseconds: 30_000 * 1000)
        #expect(
            (997...1003).map { codes.step(of: codes.code(at: $0), at: now, after: -1) } == [nil, nil, 999, 1000, 1001, nil, nil])
        #expect(codes.step(of: codes.code(at: 1000), at: now, after: 1000) == nil)
        #expect(codes.step(of: codes.code(at: 999), at: now, after: 1000) == nil)
        #expect(codes.step(of: codes.code(at: 1001), at: now, after: 1000) == 1001)
        for wrong in ["", "12345", "1234567", "abcdef", codes.code(at: 1000) + " "] {
            #expect(codes.step(of: wrong, at: now, after: -1) == nil)
        }
    }

    /// RFC 4648, section 10, without padding.
    @Test(
        "Base32 is that of RFC 4648",
        arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")])
    func base32(text: String, encoded: String) { #expect(Base32.text(Array(text.utf8)) == encoded) }

    @Test("a recovery code is known in any case, with spaces and without hyphens, and nothing else is one")
    func recoveryCodes() {
        var random = SystemRandomNumberGenerator()
        let code = RecoveryCode(using: &random).text
        #expect(code.wholeMatch(of: /[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/) != nil)
        let hash = RecoveryCode.hash(ofTyped: code)
        #expect(hash != nil && hash == RecoveryCode.hash(ofTyped: code.lowercased().replacing("-", with: " ")))
        #expect(hash != RecoveryCode.hash(ofTyped: RecoveryCode(using: &random).text))
        #expect(RecoveryCode.hash(ofTyped: String(code.dropLast())) == nil && RecoveryCode.hash(ofTyped: code + "A") == nil)
    }
}

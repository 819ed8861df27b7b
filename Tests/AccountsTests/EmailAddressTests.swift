import Accounts
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "addresses of one mailbox are equal however they are typed",
        arguments: [
            ("jane@example.com", "Jane@EXAMPLE.com"), (" jane@example.com ", "jane@example.com"),
            ("jane@bücher.example", "jane@xn--bcher-kva.example"), ("jos\u{E9}@example.com", "jose\u{301}@example.com"),
        ])
    func equal(left: String, right: String) throws {
        #expect(try EmailAddress(left) == EmailAddress(right))
    }

    @Test("an address is kept as it was typed, without the space around it")
    func asTyped() throws {
        #expect(try EmailAddress(" Jane.Doe+portal@Example.com\n").value == "Jane.Doe+portal@Example.com")
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "jane", "jane@", "@example.com", "jane@example", "jane doe@example.com", "jane@exa mple.com", "jane@-example.com",
            "jane@example..com", ".jane@example.com", "jane.@example.com", "jane@[127.0.0.1]", "\"jane\"@example.com",
            "jane\r\nBcc: eve@example.com@example.com", "jane@example.com\r\nBcc: eve@example.com", "jane@example.123",
            "a\u{0}b@example.com",
        ])
    func malformed(text: String) {
        #expect(throws: FieldError.self) { try EmailAddress(text) }
    }

    @Test("the longest address has 250 characters, the longest local part 64")
    func limits() throws {
        let domain =
            String(repeating: "a", count: 60) + "." + String(repeating: "b", count: 60) + "."
            + String(repeating: "c", count: 60) + ".com"
        let longest = String(repeating: "x", count: 250 - 1 - domain.count) + "@" + domain
        #expect(longest.count == 250)
        #expect(try EmailAddress(longest).value == longest)
        #expect(throws: FieldError.self) { try EmailAddress("x" + longest) }
        #expect(throws: FieldError.self) { try EmailAddress(String(repeating: "x", count: 65) + "@example.com") }
    }
}

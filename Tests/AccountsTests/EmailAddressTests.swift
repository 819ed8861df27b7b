import Accounts
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "addresses of one mailbox are equal however they are typed",
        arguments: [
            ("jane@example.com", "Jane@EXAMPLE.com"), (" jane@example.com ", "jane@example.com"),
            ("jane@bücher.example", "jane@xn--bcher-kva.example"), ("jos\u{E9}@example.com", "jose\u{301}@example.com"),
            ("JOS\u{C9}@example.com", "jose\u{301}@example.com"), ("jane@BÜCHER.example", "jane@bu\u{308}cher.example"),
            ("jane@XN--BCHER-KVA.example", "jane@bücher.EXAMPLE"), ("jane@例え.jp", "jane@xn--r8jz45g.jp"),
            ("jane@bücher。example", "jane@bücher.example"), ("jane@ｂücher.example", "jane@bücher.example"),
            ("ΝΊΚΟΣ@example.com", "νίκος@example.com"), ("\u{A0}jane@example.com\u{3000}", "jane@example.com"),
            ("Ω@example.com", "\u{2126}@example.com"), ("\u{1E9B}\u{323}@example.com", "\u{17F}\u{323}\u{307}@example.com"),
            ("I@example.com", "i@example.com"), ("jane@I.example", "jane@i.example"),
        ])
    func equal(left: String, right: String) throws {
        #expect(try EmailAddress(left) == EmailAddress(right))
        #expect(try Array(EmailAddress(left).key.utf8) == Array(EmailAddress(right).key.utf8))
    }

    @Test(
        "addresses of different mailboxes are different",
        arguments: [
            ("ı@example.com", "i@example.com"), ("jose@example.com", "josé@example.com"),
            ("j.doe@example.com", "jdoe@example.com"),
            ("jane+a@example.com", "jane@example.com"), ("jane@bucher.example", "jane@bücher.example"),
            ("а@example.com", "a@example.com"), ("jane@example.com", "jane@example.org"), ("ß@example.com", "ss@example.com"),
            ("jane@straße.example", "jane@strasse.example"),
        ])
    func different(left: String, right: String) throws {
        #expect(try EmailAddress(left) != EmailAddress(right))
    }

    @Test("the form that is compared is its own form, byte for byte, for every letter")
    func stable() throws {
        for value in UInt32(0x80)...0x2FFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic,
                let address = try? EmailAddress("x\(scalar)@example.com")
            else { continue }
            let again = try EmailAddress(address.key)
            #expect(again.key.utf8.elementsEqual(address.key.utf8), "U+\(String(value, radix: 16))")
        }
    }

    @Test("an address is kept as it was typed, without the space around it")
    func asTyped() throws {
        #expect(try EmailAddress(" Jane.Doe+portal@Example.com\n").value == "Jane.Doe+portal@Example.com")
        #expect(try Array(EmailAddress("jose\u{301}@Bücher.example").value.utf8) == Array("jose\u{301}@Bücher.example".utf8))
    }

    @Test(
        "what RFC 5321 and RFC 6531 allow in a mailbox is accepted",
        arguments: [
            "a@b.co", "!#$%&'*+-/=?^_`{|}~@example.com", "user.name+tag@sub.example.com", "1@2.example", "o'brien@example.ie",
            "用户@例子.广告", "δοκιμή@παράδειγμα.δοκιμή", "jane@xn--r8jz45g.xn--zckzah", "jane@a-b--c.example", "📬x@example.com",
        ])
    func accepted(text: String) throws {
        #expect(try EmailAddress(text).value == text)
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", " ", "jane", "jane@", "@example.com", "@", "jane@example", "jane doe@example.com", "jane@exa mple.com",
            "jane@-example.com", "jane@example-.com", "jane@example..com", "jane@example.com.", "jane@.example.com",
            ".jane@example.com", "jane.@example.com", "jane..doe@example.com", "jane@[127.0.0.1]", "jane@[IPv6:::1]",
            "jane@127.0.0.1",
            "\"jane\"@example.com", "\"jane doe\"@example.com", "jane@@example.com", "jane@x@example.com", "jane\\@example.com",
            "jane(comment)@example.com", "<jane@example.com>", "Jane <jane@example.com>", "jane@example.com,eve@example.com",
            "jane@example.com;eve@example.com", "mailto:jane@example.com", "jane@example.com/", "jane@example.com:25",
            "jane\r\nBcc: eve@example.com@example.com", "jane@example.com\r\nBcc: eve@example.com", "jane@example.123",
            "a\u{0}b@example.com", "a\u{200B}b@example.com", "jane@exam\u{200B}ple.com", "jane@exam\u{AD}ple.com",
            "jane\u{FEFF}@example.com",
            "ja\u{202E}ne@example.com", "jane\u{FF20}example.com", "jane@exa_mple.com", "jane@*.example.com",
            "jane\u{A0}doe@example.com",
            "jane@\u{301}example.com", "jane@bücher..example", "jane@bücher/x.example", "jane@bücher?.example",
            "jane@ü:80.example",
            "jane@ü@example.com", "jane@%62ücher.example", "jane\u{E000}@example.com", "jane@\u{202E}bücher.example",
            "jane@ü\r\n.example", "jane@xn--.example\u{0}", "jane@ü.123",
        ])
    func malformed(text: String) {
        #expect(throws: FieldError.self) { try EmailAddress(text) }
    }

    @Test("the longest address has 250 characters, the longest local part 64 bytes")
    func limits() throws {
        let domain =
            String(repeating: "a", count: 60) + "." + String(repeating: "b", count: 60) + "."
            + String(repeating: "c", count: 60) + ".com"
        let longest = String(repeating: "x", count: 250 - 1 - domain.count) + "@" + domain
        #expect(longest.count == 250)
        #expect(try EmailAddress(longest).value == longest)
        #expect(throws: FieldError.tooLong("email", maximum: 250)) { try EmailAddress("x" + longest) }
        #expect(try EmailAddress(" \(longest) ").value == longest)
        for local in [String(repeating: "x", count: 64), String(repeating: "é", count: 32), String(repeating: "𠮷", count: 16)] {
            #expect(try EmailAddress(local + "@example.com").value == local + "@example.com")
            #expect(throws: FieldError.self) { try EmailAddress("x" + local + "@example.com") }
        }
        let wide = "a@" + (0..<5).map { _ in String(repeating: "ü", count: 25) }.joined(separator: ".") + ".com"
        let tooWide = FieldError.invalid("email", because: .tooManyBytes(maximum: 254))
        #expect(throws: tooWide) { try EmailAddress(wide) }
        #expect(throws: FieldError.self) { try EmailAddress("a@\(String(repeating: "a", count: 64)).com") }
        #expect(throws: FieldError.self) { try EmailAddress("a@\(String(repeating: "ü", count: 63)).com") }
    }

    @Test("a description and a message name what was typed, never more")
    func messages() {
        let error = #expect(throws: FieldError.self) { try EmailAddress("jane", field: "username") }
        #expect(error?.field == "username" && error?.rule == .invalid)
        #expect(error?.reason == "must be an e-mail address such as jane@example.com")
    }
}

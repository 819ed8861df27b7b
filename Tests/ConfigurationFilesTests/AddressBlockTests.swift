import ConfigurationFiles
import Testing

@Suite("Blocks of IP addresses")
struct AddressBlockTests {
    @Test(
        "a block holds its addresses, from the first to the last, and no other",
        arguments: [
            ("198.18.0.0/15", ["198.18.0.0", "198.19.255.255", "::ffff:198.18.0.9"], ["198.17.255.255", "198.20.0.0", "::1"]),
            ("192.0.2.7", ["192.0.2.7", "::ffff:192.0.2.7"], ["192.0.2.6", "192.0.2.8"]),
            ("0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::1"]),
            ("192.0.2.128/25", ["192.0.2.128", "192.0.2.255"], ["192.0.2.127", "192.0.3.0"]),
            ("fc00::/7", ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], ["fbff::", "fe00::", "192.0.2.1"]),
            ("2001:DB8::1", ["2001:db8::1", "2001:db8:0:0:0:0:0:1"], ["2001:db8::2"]),
            ("::/0", ["::", "2001:db8::1"], ["192.0.2.1", "::ffff:192.0.2.1"]),
            ("::ffff:198.18.0.0/111", ["198.19.1.2", "::ffff:198.18.0.1"], ["198.20.0.0"]),
        ])
    func contains(_ block: String, _ inside: [String], _ outside: [String]) throws {
        let block = try #require(AddressBlock(block))
        for address in inside { #expect(block.contains(address), "\(address)") }
        for address in outside + ["", "localhost"] { #expect(!block.contains(address), "\(address)") }
    }

    @Test(
        "what is no block is none",
        arguments: [
            "", "/", "lb.example.com", "192.0.2.1/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/024", "192.0.2.0/+24",
            "192.0.2.0/24/24",
            "192.0.2.1/24", "192.0.2", "192.0.2.01", "fe80::1%lo", "2001:db8::/129", "2001:db8::1/64", "[::1]", "192.0.2.1:80",
            " 192.0.2.1",
        ])
    func refused(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }
}

import Geography
import Testing

@Suite("residency row 1: of host names there is one form")
struct HostnameTests {
    @Test(
        "a Host header or authority is read whatever its case, port and trailing dot",
        arguments: [
            ("acme.eu.portal.example.com", "acme.eu.portal.example.com"),
            ("ACME.Eu.PORTAL.example.COM", "acme.eu.portal.example.com"),
            ("acme.example.com.", "acme.example.com"), ("acme.example.com:443", "acme.example.com"),
            ("acme.example.com.:8443", "acme.example.com"), ("acme.example.com:", "acme.example.com"),
            ("acme.example.com:0", "acme.example.com"), ("acme.example.com:65535", "acme.example.com"),
            ("acme.example.com:00443", "acme.example.com"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example"), ("localhost", "localhost"), ("a.b", "a.b"),
            ("1and1.example", "1and1.example"), ("123.example", "123.example"), ("a--b.example", "a--b.example"),
        ])
    func read(authority: String, name: String) throws {
        #expect(try Hostname(authority: authority).value == name)
    }

    @Test(
        "what is no host name and port is refused",
        arguments: [
            "", ".", "..", ":", ":80", " ", "127.0.0.1", "127.0.0.1:80", "1.2.3.4.", "[::1]", "[::1]:80", "::1", "fe80::1%eth0",
            "user@acme.example.com", "user:secret@acme.example.com", "acme.example.com@evil.example", "acme..example.com",
            ".acme.example.com", "acme.example.com..", "-acme.example.com", "acme-.example.com", "acme_dev.example.com",
            "_acme.example.com", "*.example.com", "acme.example.com:65536", "acme.example.com:99999", "acme.example.com:-1",
            "acme.example.com:+80", "acme.example.com:80:80", "acme.example.com:8O", "acme.example.com: 80",
            "acme.example.com:000080",
            " acme.example.com", "acme.example.com ", "acme\t.example.com", "acme.example.com\r\n", "acme.example.com\u{0}",
            "acme.example.com/", "acme.example.com/path", "acme.example.com?x", "acme.example.com#x", "http://acme.example.com",
            "acme.example.com,evil.example", "acme%2eexample.com", "bücher.example.com", "acme。example.com", "ＡＣＭＥ.example.com",
            "acme.example.com\u{301}", "acme.exam\u{AD}ple.com", "42", "0x7f000001:80 ",
        ])
    func refused(authority: String) {
        #expect(throws: GeographyError.invalidHostname(authority)) { try Hostname(authority: authority) }
    }

    @Test("the longest name has 253 characters and labels of 63")
    func limits() throws {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(longest.count == 253)
        #expect(try Hostname(authority: longest + ".:443").value == longest)
        #expect(throws: GeographyError.self) { try Hostname("b" + longest) }
        #expect(throws: GeographyError.self) { try Hostname("a\(label).example") }
    }

    @Test("a bare host name takes no port")
    func bare() throws {
        #expect(try Hostname("Acme.Example.").value == "acme.example")
        #expect(throws: GeographyError.invalidHostname("acme.example:80")) { try Hostname("acme.example:80") }
    }

    @Test(
        "each kind of host leads where its form says, and no other form leads anywhere",
        arguments: [
            ("acme.eu.portal.example.com", Destination?.some(.portal(try! PortalSlug("acme"), try! GeoID("eu")))),
            ("us.api.example.com", .managementAPI(try! GeoID("us"))), ("eu.console.example.com", .console(try! GeoID("eu"))),
            ("portal.example.com", .chooser), ("developers.acme.example", .portal(try! PortalSlug("acme"), try! GeoID("eu"))),
            ("us.portal.example.com", nil), ("api.example.com", nil), ("console.example.com", nil), ("example.com", nil),
            ("acme.eu.api.example.com", nil), ("acme.eu.console.example.com", nil), ("acme.eu.example.com", nil),
            ("acme.eu.portal.example.com.evil.example", nil), ("evil-example.com", nil), ("acme.eu.portal.evil-example.com", nil),
            ("a--b.eu.portal.example.com", nil), ("xn--bcher-kva.eu.portal.example.com", nil),
            ("www.developers.acme.example", nil), ("acme.example", nil), ("com", nil), ("localhost", nil),
            ("acme.us-east.portal.example.com", nil),
        ])
    func destinations(host: String, destination: Destination?) throws {
        let table = HostTable(try Topology(yaml: HostTableTests.yaml, named: "topology.yaml"))
        #expect(try table.destination(of: Hostname(host)) == destination)
        #expect(destination?.geo == nil || host.contains(destination?.geo?.value ?? "") || host == "developers.acme.example")
    }

    @Test(
        "a portal's name suggests its slug",
        arguments: [
            ("Acme", "acme"), ("Acme Corp. (EU)", "acme-corp-eu"), ("  --Acme--  ", "acme"), ("a  b", "a-b"), ("Zoë", "zo"),
            ("4711", "4711"), (String(repeating: "a", count: 62) + " b", String(repeating: "a", count: 62)),
            (String(repeating: "a", count: 300), String(repeating: "a", count: 63)),
        ])
    func slug(name: String, slug: String) {
        #expect(PortalSlug(suggestedBy: name)?.value == slug)
    }

    @Test("a name without a Latin letter or digit suggests none", arguments: ["", " ", "山田", "---", "äöü"])
    func noSlug(name: String) {
        #expect(PortalSlug(suggestedBy: name) == nil)
    }
}

import Foundation
import Geography
import Testing

@Suite("residency row 4: a value of another geo is found wherever it stands")
struct ResidencyRulesTests {
    private static let secret = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
    static let yaml = """
        domain: example.com
        geos:
          - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
          - {id: us, number: 2, nodes: [{address: "127.0.0.1:9102"}]}
          - {id: eu-west, number: 4095, nodes: [{address: "127.0.0.1:9103"}]}
        """

    /// Values of a geo: its credentials, an id and a one-time token.
    static func values(of geo: String, _ number: Int) -> [String] {
        var random = SystemRandomNumberGenerator()
        let uuids = (0..<2).compactMap { index -> GeoUUID? in
            guard let number = try? GeoNumber(number) else { return nil }
            return index == 0
                ? .entity(geo: number, milliseconds: 1_790_000_000_000, using: &random)
                : .oneTimeToken(geo: number, using: &random)
        }
        return ["ptla", "ptlr", "ptladm", "ptlc", "ptlt"].map { "\($0)_\(geo)_\(secret)" } + uuids.map(\.description)
            + uuids.map { $0.description.uppercased() }
    }

    static let foreign = values(of: "us", 2) + values(of: "eu-west", 4095)
    static let nobodys =
        values(of: "eu", 1) + values(of: "au", 77) + [
            "c8efd006-d8e1-4743-b91b-f163b9eae06a", "00000000-0000-0000-0000-000000000000",
            "019d1b1c-6c00-8000-8000-000000000001", "ptlx_us_\(secret)", "ptla_us_short", "ptla_US_\(secret)",
        ]

    let rules: ResidencyRules
    let eu: GeoID

    init() throws {
        rules = ResidencyRules(try Topology(yaml: Self.yaml, named: "topology.yaml"))
        eu = try GeoID("eu")
    }

    private static func percent(_ text: String) -> String { text.utf8.map { String(format: "%%%02x", $0) }.joined() }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// How a value can stand in each place.
    private static let shapes: [ResidencyRules.Place: [@Sendable (String) -> String]] = [
        .cookie: [
            { "portalaccesstoken=\($0)" }, { "a=1; portalaccesstoken=\($0); b=2" }, { "portalaccesstoken=\"\($0)\"" },
            { "portalaccesstoken=\t\($0)\t" }, { "portalaccesstoken='\($0)'" }, { "\($0)=1" }, { "\($0)" },
            { "session={\"token\":\"\($0)\"}" }, { "session=%7B%22token%22%3A%22\($0)%22%7D" }, { "a=" + percent($0) },
            { "a=x\($0)x" }, { "a=1,portalaccesstoken=\($0)" }, { "a=s:\($0).signature" }, { "a=x%\($0)" }, { "__Host-\($0)=1" },
        ],
        .authorization: [
            { "Bearer \($0)" }, { "bearer \($0)" }, { "BEARER  \($0)" }, { "Bearer \"\($0)\"" }, { "Bearer\t\($0)" }, { $0 },
            { "Digest username=\"\($0)\", realm=\"x\"" }, { "Token token=\($0)" }, { "Bearer " + percent($0) },
            { "Basic " + base64("\($0):") }, { "basic " + base64(":\($0)") }, { "BASIC  " + base64("user:\($0)") },
            { "Basic " + base64("ü:\($0)").replacingOccurrences(of: "=", with: "") }, { "Bearer x,\($0)" },
        ],
        .path: [
            { "/api/v3/\($0)" }, { "/api/v3/\($0)/x" }, { "/v3/portals/x;id=\($0)/y" }, { "/x/\($0).json" }, { "/\($0):approve" },
            { "/a,\($0)" }, { "/" + percent($0) }, { "/api//\($0)/" }, { "/('\($0)')" }, { "/x%00\($0)" }, { "/x%2F\($0)" },
            { "/a+\($0)" }, { "/~\($0)" },
        ],
        .query: [
            { "/login?token=\($0)" }, { "/login?a=1&token=\($0)&b" }, { "/x?\($0)" }, { "/x?\($0)=1" }, { "/x?id[]=\($0)" },
            { "/x?filter[id][eq]=\($0)" }, { "/x?token=+\($0)+" }, { "/x?a=%20\($0)%20" }, { "/x?q={\"t\":\"\($0)\"}" },
            { "/x?q=%7B%22t%22:%22\($0)%22%7D" }, { "/x?token=" + percent($0) }, { "/x?returnTo=https%3A%2F%2Fa%2F\($0)" },
            { "/x?a;\($0)" }, { "/x?a=1?token=\($0)" }, { "/x#\($0)?x" }, { "/x?a=1|\($0)" }, { "/x?urn:uuid:\($0)" },
        ],
    ]

    private func violation(_ place: ResidencyRules.Place, _ text: String) -> ResidencyRules.Violation? {
        switch place {
        case .cookie: rules.violation(target: "/", cookies: ["theme=dark", text], authorizations: [], for: eu)
        case .authorization: rules.violation(target: "/", cookies: [], authorizations: ["Bearer x", text], for: eu)
        case .path, .query: rules.violation(target: text, cookies: [], authorizations: [], for: eu)
        }
    }

    @Test("a value of another geo is found in every place, however it is written there", arguments: ResidencyRules.Place.allCases)
    func found(place: ResidencyRules.Place) throws {
        for shape in try #require(Self.shapes[place]) {
            for value in Self.foreign {
                let text = shape(value)
                let origin = try GeoID(value.contains("_eu-west_") || value.lowercased().contains("-8fff-") ? "eu-west" : "us")
                let found = violation(place, text)
                // A fragment is never sent by a client; where it stands it counts as the part it follows.
                #expect(found?.origin == origin && (found?.place == place || text.contains("#")), "\(text)")
            }
        }
    }

    @Test("values of this geo, of no geo and of nobody pass in every place", arguments: ResidencyRules.Place.allCases)
    func passes(place: ResidencyRules.Place) throws {
        for shape in try #require(Self.shapes[place]) {
            for value in Self.nobodys { #expect(violation(place, shape(value)) == nil, "\(shape(value))") }
        }
    }

    @Test("what is encoded twice stays encoded, as it does for a node")
    func twice() {
        let value = Self.percent(Self.foreign[0]).replacingOccurrences(of: "%", with: "%25")
        #expect(violation(.query, "/x?token=\(value)") == nil && violation(.path, "/\(value)") == nil)
    }

    @Test("a foreign value beside one's own is found, in either order")
    func several() {
        for text in [
            "a=\(Self.nobodys[0]); b=\(Self.foreign[0])", "a=\(Self.foreign[0]); a=\(Self.nobodys[0])",
            "a=\(Self.nobodys[3])\(Self.foreign[0])",
        ] {
            #expect(violation(.cookie, text)?.place == .cookie)
        }
    }

    @Test(
        "texts too short, too strange or too long to hold anything pass",
        arguments: ["", "-", "%", "%2", "p", "ptla_", "ptla_us_"])
    func strange(text: String) {
        for place in ResidencyRules.Place.allCases {
            #expect(violation(place, text) == nil)
            #expect(violation(place, String(repeating: text + ".", count: 2000)) == nil)
            #expect(violation(place, "Basic " + text) == nil)
        }
    }

    @Test("the origin of one value is told, and only of a whole one")
    func origin() throws {
        for value in Self.foreign { #expect(rules.foreignOrigin(of: value, for: eu) != nil) }
        for value in Self.nobodys { #expect(rules.foreignOrigin(of: value, for: eu) == nil) }
        #expect(rules.foreignOrigin(of: Self.foreign[0] + "x", for: eu) == nil)
        #expect(rules.foreignOrigin(of: Self.foreign[0], for: try GeoID("us")) == nil)
    }
}

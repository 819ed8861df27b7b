import Foundation
import Geography
import Testing

@Suite("Credentials that name their geo")
struct GeoCredentialTests {
    @Test("a minted credential says what it opens and where, and is read back", arguments: GeoCredential.Kind.allCases)
    func minted(kind: GeoCredential.Kind) throws {
        var random = SystemRandomNumberGenerator()
        for geo in ["e", "eu", "eu-west-2", String(repeating: "g", count: 31)] {
            let credential = GeoCredential.mint(kind, geo: try GeoID(geo), using: &random)
            #expect(credential.value.wholeMatch(of: #/ptl(a|r|adm|c|t)_[a-z0-9-]+_[A-Za-z0-9_-]{43}/#) != nil)
            let read = try #require(GeoCredential(credential.value))
            #expect(read == credential && read.kind == kind && read.geo.value == geo)
        }
    }

    @Test("the secret is the generator's 32 bytes in base64url")
    func secret() throws {
        var random = CountingRandom()
        let credential = GeoCredential.mint(.admin, geo: try GeoID("eu"), using: &random)
        let text = credential.value.dropFirst("ptladm_eu_".count)
            .replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let bytes = try #require(Data(base64Encoded: text + "="))
        #expect(bytes.count == 32 && Set(bytes).count == 32)
    }

    @Test("no two credentials are alike")
    func unique() throws {
        var random = SystemRandomNumberGenerator()
        let geo = try GeoID("eu")
        let values = Set((0..<1000).map { _ in GeoCredential.mint(.portalAccess, geo: geo, using: &random).value })
        #expect(values.count == 1000)
    }

    @Test("what has not the form of a credential is none")
    func none() {
        let secret = String(repeating: "A", count: 43)
        for text in [
            "", "ptla", "ptla_eu", "ptla_eu_", "ptla__\(secret)", "ptla_eu_\(secret)A", "ptla_eu_\(secret.dropLast())",
            "PTLA_eu_\(secret)", "ptla_EU_\(secret)", "ptlz_eu_\(secret)", " ptla_eu_\(secret)", "ptla_eu_\(secret) ",
            "ptla_eu_\(secret.dropLast())=", "ptla_eu_\(secret.dropLast())+", "ptla_e.u_\(secret)", "ptla_1eu_\(secret)",
            "ptla-eu-\(secret)", "ptla_eu_\(secret.dropLast())\u{301}", "ptla_eu_\(secret.dropLast())é",
            "ptla_\(String(repeating: "g", count: 32))_\(secret)",
        ] {
            #expect(GeoCredential(text) == nil, "\(text)")
        }
    }

    @Test("a geo's id is one lower-case label of 1 to 31 characters")
    func geoID() throws {
        for valid in ["e", "eu", "eu-1", "a--b", String(repeating: "g", count: 31)] { #expect(try GeoID(valid).value == valid) }
        for wrong in ["", "Eu", "1eu", "-eu", "eu-", "eu.west", "eu_west", "eü", "e u", String(repeating: "g", count: 32)] {
            #expect(throws: GeographyError.invalidGeoID(wrong)) { try GeoID(wrong) }
        }
    }
}

/// A generator whose bytes are all different.
private struct CountingRandom: RandomNumberGenerator {
    private var count: UInt64 = 0

    mutating func next() -> UInt64 {
        defer { count += 1 }
        return (0..<8).reduce(0) { $0 | (count * 8 + UInt64($1)) << (8 * UInt64($1)) }
    }
}

import Foundation
import Geography
import Testing

@Suite("UUIDs that name their geo")
struct GeoUUIDTests {
    @Test("an entity's id has the layout of a UUIDv8 with time, geo and random bits", arguments: [1, 2, 255, 4095])
    func layout(number: Int) throws {
        var random = FixedRandom(value: .max)
        let uuid = GeoUUID.entity(geo: try GeoNumber(number), milliseconds: 0x0123_4567_89AB, using: &random)
        let geo = String(format: "%03x", number)
        #expect(uuid.description == "01234567-89ab-8\(geo)-bfff-ffffffffffff")
        random = FixedRandom(value: 0)
        let zero = GeoUUID.entity(geo: try GeoNumber(number), milliseconds: 0x0123_4567_89AB, using: &random)
        #expect(zero.description == "01234567-89ab-8\(geo)-8000-000000000000")
    }

    @Test("RFC 9562 parsers agree on version, variant and bytes")
    func standard() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let uuid = GeoUUID.oneTimeToken(geo: try GeoNumber(.random(in: GeoNumber.range)), using: &random)
            let foundation = try #require(UUID(uuidString: uuid.description))
            let bytes = withUnsafeBytes(of: foundation.uuid) { Array($0) }
            #expect(bytes == uuid.bytes && bytes[6] >> 4 == 8 && bytes[8] >> 6 == 0b10)
        }
    }

    @Test("text, halves and geo come back, in either case")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        for number in [1, 7, 4095] {
            let uuid = GeoUUID.entity(geo: try GeoNumber(number), milliseconds: 1_790_000_000_000, using: &random)
            #expect(GeoUUID(uuid.description) == uuid && GeoUUID(uuid.description.uppercased()) == uuid)
            #expect(GeoUUID(high: uuid.high, low: uuid.low) == uuid)
            #expect(Int(uuid.geo.value) == number)
        }
    }

    @Test("a one-time token holds no time: its first 48 bits are random")
    func noTime() throws {
        var random = SystemRandomNumberGenerator()
        let geo = try GeoNumber(1)
        let tokens = (0..<1000).map { _ in GeoUUID.oneTimeToken(geo: geo, using: &random) }
        #expect(Set(tokens).count == 1000)
        for bit in (16..<64) {
            let ones = tokens.filter { $0.high >> UInt64(bit) & 1 == 1 }.count
            #expect((300...700).contains(ones), "bit \(bit)")
        }
        for bit in (0..<62) {
            let ones = tokens.filter { $0.low >> UInt64(bit) & 1 == 1 }.count
            #expect((300...700).contains(ones), "bit \(bit)")
        }
    }

    @Test("ids sort by the time at which they were made")
    func order() throws {
        var random = SystemRandomNumberGenerator()
        let geo = try GeoNumber(1)
        let ids = (0..<100).map { GeoUUID.entity(geo: geo, milliseconds: 1_790_000_000_000 + $0, using: &random) }
        #expect(ids.sorted() == ids && ids.map(\.description).sorted() == ids.map(\.description))
    }

    @Test(
        "what no geo minted is read as none",
        arguments: [
            "", "c8efd006-d8e1-4743-b91b-f163b9eae06a", "01234567-89ab-8000-8000-000000000000",
            "01234567-89ab-8001-0000-000000000000", "01234567-89ab-8001-c000-000000000000", "0123456789ab80018000000000000000",
            "{01234567-89ab-8001-8000-000000000000}", "01234567-89ab-8001-8000-00000000000",
            "01234567-89ab-8001-8000-0000000000000",
            "01234567-89ab-8001-8000-00000000000g", "01234567 89ab-8001-8000-000000000000",
            "01234567-89ab-8001-8000-00000000000０",
            " 01234567-89ab-8001-8000-000000000000", "0123456-789ab-8001-8000-000000000000",
        ])
    func none(text: String) {
        #expect(GeoUUID(text) == nil)
    }

    @Test("a UUID of any version has a UUID's form, and nothing else has")
    func form() {
        #expect(GeoUUID.isUUID("c8efd006-d8e1-4743-b91b-f163b9eae06a"))
        #expect(GeoUUID.isUUID("00000000-0000-0000-0000-000000000000"))
        for text in ["", "c8efd006d8e14743b91bf163b9eae06a", "c8efd006-d8e1-4743-b91b-f163b9eae06", "x"] {
            #expect(!GeoUUID.isUUID(text))
        }
    }

    @Test("a geo's number is 1 to 4095", arguments: [Int.min, -1, 0, 4096, Int.max])
    func number(value: Int) {
        #expect(throws: GeographyError.invalidGeoNumber(value)) { try GeoNumber(value) }
    }
}

/// A generator that returns one value.
private struct FixedRandom: RandomNumberGenerator {
    let value: UInt64

    mutating func next() -> UInt64 { value }
}

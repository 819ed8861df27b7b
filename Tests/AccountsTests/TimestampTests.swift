import Accounts
import Foundation
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test("the contracts' text form keeps every millisecond")
    func text() throws {
        #expect(Timestamp(milliseconds: 1_667_592_606_927).iso8601 == "2022-11-04T20:10:06.927Z")
        #expect(Timestamp(milliseconds: 0).iso8601 == "1970-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: -1).iso8601 == "1969-12-31T23:59:59.999Z")
        for milliseconds in Int64(1_790_000_000_000)..<1_790_000_003_000 {
            let fraction = String(format: ".%03dZ", Int(milliseconds % 1000))
            #expect(Timestamp(milliseconds: milliseconds).iso8601.hasSuffix(fraction), "\(milliseconds)")
        }
    }

    @Test("durations are added to the millisecond, and taken away where they are negative")
    func adding() {
        let moment = Timestamp(milliseconds: 1000)
        #expect(moment.adding(.milliseconds(1)).milliseconds == 1001)
        #expect(moment.adding(.milliseconds(-1001)).milliseconds == -1)
        #expect(moment.adding(.seconds(24 * 3600)).milliseconds == 86_401_000)
        #expect(moment.adding(.microseconds(999)) == moment)
    }

    @Test(
        "a date and time of RFC 3339 is read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2022-11-04T20:10:06.927Z", 1_667_592_606_927),
            ("2022-11-04t21:10:06.9279999+01:00", 1_667_592_606_927), ("2022-11-04T14:40:06.9-05:30", 1_667_592_606_900),
            ("2024-02-29T00:00:00z", 1_709_164_800_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2000-03-01T00:00:00Z", 951_868_800_000),
        ] as [(String, Int64)])
    func reading(text: String, milliseconds: Int64) throws {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test("what is written is read as the same moment, on every day from 1900 to 2100")
    func roundTrip() {
        for day in Int64(-25_567)...47_482 {
            let moment = Timestamp(milliseconds: day * 86_400_000 + 123)
            #expect(Timestamp(rfc3339: moment.iso8601) == moment)
        }
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "2022-11-04", "2022-11-04T20:10Z", "2022-11-04T20:10:06", "2022-11-04 20:10:06Z", "2022-13-01T00:00:00Z",
            "2022-00-01T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2022-11-31T00:00:00Z",
            "2022-11-04T24:00:00Z",
            "2022-11-04T20:60:00Z", "2022-11-04T20:10:61Z", "2022-11-04T20:10:06.Z", "2022-11-04T20:10:06+0100",
            "2022-11-04T20:10:06+24:00", "٢٠٢٢-11-04T20:10:06Z", "2022-11-04T20:10:06Z\n", "20222-11-04T20:10:06Z",
        ])
    func notRead(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}

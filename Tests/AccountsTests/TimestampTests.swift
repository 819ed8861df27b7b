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
}

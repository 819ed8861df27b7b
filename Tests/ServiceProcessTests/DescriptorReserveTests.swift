import Foundation
import Testing

@testable import ServiceProcess

@Suite("Descriptors that a listening socket keeps for the rest of the process", .serialized)
struct DescriptorReserveTests {
    @Test("are open while they are kept, and free again when they are given back")
    func keeps() {
        let reserve = DescriptorReserve()
        #expect(reserve.restore())
        let kept = Self.devNulls
        #expect(kept >= DescriptorReserve.size(within: ProcessFigures().fileLimit))
        // A second time there is nothing to take.
        #expect(reserve.restore() && Self.devNulls == kept)
        reserve.release()
        #expect(Self.devNulls == kept - DescriptorReserve.size(within: ProcessFigures().fileLimit))
    }

    @Test("are a part of a small limit, and never many of a large one", arguments: [(64, 8), (256, 32), (65_536, 32)])
    func size(limit: Int, size: Int) { #expect(DescriptorReserve.size(within: limit) == size) }

    /// How many descriptors of this process are those of `/dev/null`.
    private static var devNulls: Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.count { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == "/dev/null" }
    }
}

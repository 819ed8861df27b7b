import Foundation
import NIOCore
import Testing

@testable import RouterService

@Suite("a connection that this process has nothing to make with says nothing of the node")
struct OwnShortageTests {
    @Test("descriptors, memory and ports are this side's", arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL])
    func own(reason: CInt) {
        #expect(IOError(errnoCode: reason, reason: "socket").isOwnShortage)
        #expect(HealthMonitor.Verdict(IOError(errnoCode: reason, reason: "socket")) == .notMade)
    }

    @Test(
        "a refusal, an unreachable host and a lack of an answer are the node's",
        arguments: [ECONNREFUSED, EHOSTUNREACH, ECONNRESET])
    func others(reason: CInt) {
        #expect(!IOError(errnoCode: reason, reason: "connect").isOwnShortage)
        #expect(HealthMonitor.Verdict(IOError(errnoCode: reason, reason: "connect")) == .failed)
        #expect(HealthMonitor.Verdict(ChannelError.connectTimeout(.seconds(2))) == .failed)
    }
}

import ChildProcesses
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceProcess
import Testing

@Suite("a listening socket without descriptors to accept with", .timeLimit(.minutes(1)))
struct AcceptPauseTests {
    @Test("rests, so that no core is used up by trying", arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func rests(reason: CInt) async throws {
        try await Self.withListener(pausing: .hours(1)) { listener, _ in
            try await Self.fail(listener, reason)
            let isWatched = try await listener.getOption(.autoRead).get()
            #expect(!isWatched)
        }
    }

    @Test("goes on after the pause")
    func goesOn() async throws {
        try await Self.withListener(pausing: .milliseconds(1)) { listener, accepted in
            try await Self.fail(listener, EMFILE)
            let address = try #require(listener.localAddress)
            let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(to: address).get()
            var iterator = accepted.makeAsyncIterator()
            await iterator.next()
            let isWatched = try await listener.getOption(.autoRead).get()
            #expect(isWatched)
            try await client.close()
        }
    }

    @Test("takes no notice of a client that has gone before it was its turn")
    func aborted() async throws {
        try await Self.withListener(pausing: .hours(1)) { listener, _ in
            try await Self.fail(listener, ECONNABORTED)
            let isWatched = try await listener.getOption(.autoRead).get()
            #expect(isWatched)
        }
    }

    /// Returns when the listener has heard of it.
    private static func fail(_ listener: any Channel, _ reason: CInt) async throws {
        try await listener.eventLoop.submit {
            listener.pipeline.fireErrorCaught(IOError(errnoCode: reason, reason: "accept"))
        }.get()
    }

    /// - Parameter test: is told of each connection that was accepted.
    private static func withListener(
        pausing length: TimeAmount, _ test: (any Channel, AsyncStream<Void>) async throws -> Void
    ) async throws {
        let (accepted, told) = AsyncStream.makeStream(of: Void.self)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pause = AcceptPause(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, length: length)
                    try channel.pipeline.syncOperations.addHandler(pause, position: .first)
                }
            }
            .childChannelInitializer { channel in
                told.yield()
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try await test(listener, accepted)
        try await listener.close()
    }
}

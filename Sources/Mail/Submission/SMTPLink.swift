import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// An open connection to a submission server, on which commands and replies alternate.
struct SMTPLink: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<SMTPReplyHandler>
    private let greetingReply: EventLoopFuture<SMTPReply>

    /// Connects, with TLS from the first byte where a context is given.
    static func open(
        host: String, port: Int, timeout: TimeAmount, tls: TLSClient?, group: any EventLoopGroup
    ) async throws(SMTPFailure) -> SMTPLink {
        let attempts = OpenChannels()
        let bootstrap = ClientBootstrap(group: group).connectTimeout(timeout)
        do {
            return try await withTaskCancellationHandler {
                try await bootstrap.connect(host: host, port: port) { channel in
                    attempts.add(channel)
                    return channel.eventLoop.makeCompletedFuture { try SMTPLink(on: channel, timeout: timeout, tls: tls) }
                }
            } onCancel: {
                attempts.close()
            }
        } catch {
            throw error as? SMTPFailure ?? .unreachable
        }
    }

    private init(on channel: any Channel, timeout: TimeAmount, tls: TLSClient?) throws {
        if let tls { try channel.pipeline.syncOperations.addHandler(try tls.handler()) }
        let handler = SMTPReplyHandler(channel: channel, timeout: timeout)
        try channel.pipeline.syncOperations.addHandler(handler)
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        greetingReply = handler.greeting
    }

    var localAddress: SocketAddress? { channel.localAddress }
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    func greeting() async throws(SMTPFailure) -> SMTPReply { try await reply(from: greetingReply) }

    /// - Parameter command: one line without its end.
    func command(_ command: String, step: SMTPStep) async throws(SMTPFailure) -> SMTPReply {
        try await send(Array(command.utf8) + [.carriageReturn, .lineFeed], step: step)
    }

    func send(_ bytes: [UInt8], step: SMTPStep) async throws(SMTPFailure) -> SMTPReply {
        let buffer = ByteBuffer(bytes: bytes)
        return try await reply(from: channel.eventLoop.flatSubmit { handler.value.send(buffer, step: step) })
    }

    func startTLS(_ tls: TLSClient) async throws(SMTPFailure) {
        do {
            try await channel.eventLoop.submit { try handler.value.startTLS(try tls.handler()) }.get()
        } catch {
            throw error as? SMTPFailure ?? .unusableTLS
        }
    }

    /// Keeps the connection open for so long; false where it has ended.
    func park(for idleLimit: TimeAmount) async -> Bool {
        (try? await channel.eventLoop.submit { handler.value.park(for: idleLimit) }.get()) ?? false
    }

    func unpark() async -> Bool { (try? await channel.eventLoop.submit { handler.value.unpark() }.get()) ?? false }

    func quit() { channel.eventLoop.execute { handler.value.quit() } }

    func close() { channel.close(promise: nil) }

    /// A cancelled task gives up its connection, so that nobody waits for a server at shutdown.
    private func reply(from future: EventLoopFuture<SMTPReply>) async throws(SMTPFailure) -> SMTPReply {
        do {
            return try await withTaskCancellationHandler {
                try await future.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw error as? SMTPFailure ?? .connectionLost(.greeting)
        }
    }
}

/// The channels of one attempt to connect: a host with several addresses has several.
private final class OpenChannels: Sendable {
    private struct Attempts {
        var channels: [any Channel] = []
        var isCancelled = false
    }

    private let attempts = Mutex(Attempts())

    func add(_ channel: any Channel) {
        let isCancelled = attempts.withLock { attempts in
            attempts.channels.append(channel)
            return attempts.isCancelled
        }
        if isCancelled { channel.close(promise: nil) }
    }

    func close() {
        let channels = attempts.withLock { attempts in
            attempts.isCancelled = true
            return attempts.channels
        }
        for channel in channels { channel.close(promise: nil) }
    }
}

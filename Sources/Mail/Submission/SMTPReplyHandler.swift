import NIOCore
import NIOSSL

/// One side of a conversation in lock-step: a command goes out, and exactly one reply is waited for.
///
/// ```
/// waiting ──reply──► ready ──send──► waiting
///    │                 │
///    └─────────────────┴── timeout, end, error, a reply that nobody asked for ──► failed, for good
/// ```
///
/// Lives on its channel's event loop; every method must be called there.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case waiting(EventLoopPromise<SMTPReply>, Scheduled<Void>?)
        case ready
        case failed(SMTPFailure)
    }

    private let channel: any Channel
    private let timeout: TimeAmount
    private var state: State
    private var parser = SMTPReplyParser()
    private var lastStep = SMTPStep.greeting
    private var idleEnd: Scheduled<Void>?
    /// The server's first words.
    let greeting: EventLoopFuture<SMTPReply>

    init(channel: any Channel, timeout: TimeAmount) {
        self.channel = channel
        self.timeout = timeout
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        greeting = promise.futureResult
        // The time for the greeting begins with the connection.
        state = .waiting(promise, nil)
    }

    // MARK: What the session asks for

    func send(_ bytes: ByteBuffer, step: SMTPStep) -> EventLoopFuture<SMTPReply> {
        switch state {
        case .failed(let failure): return channel.eventLoop.makeFailedFuture(Self.at(step, failure))
        case .waiting:
            fail(.unexpectedReply)
            return channel.eventLoop.makeFailedFuture(SMTPFailure.unexpectedReply)
        case .ready:
            let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
            wait(for: step, promise)
            channel.writeAndFlush(bytes, promise: nil)
            return promise.futureResult
        }
    }

    /// Puts TLS between this handler and the socket; what is sent from now on waits for the handshake.
    ///
    /// Whatever came after the reply to STARTTLS came in plain text from anybody, so it ends the conversation.
    func startTLS(_ handler: NIOSSLClientHandler) throws(SMTPFailure) {
        if case .failed(let failure) = state { throw failure }
        guard case .ready = state, parser.isEmpty else {
            fail(.unexpectedReply)
            throw .unexpectedReply
        }
        do {
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            fail(.unusableTLS)
            throw .unusableTLS
        }
    }

    /// Keeps the connection for the next mail, for so long.
    ///
    /// - Returns: false where it has ended.
    func park(for idleLimit: TimeAmount) -> Bool {
        guard case .ready = state else { return false }
        idleEnd = channel.eventLoop.assumeIsolated().scheduleTask(in: idleLimit) { self.quit() }
        return true
    }

    /// - Returns: whether the connection is still open.
    func unpark() -> Bool {
        idleEnd?.cancel()
        idleEnd = nil
        guard case .ready = state else { return false }
        return channel.isActive
    }

    /// Takes leave without waiting for an answer.
    func quit() {
        guard case .ready = state else { return channel.close(promise: nil) }
        state = .failed(.connectionLost(.quit))
        channel.writeAndFlush(ByteBuffer(string: "QUIT\r\n")).assumeIsolated().whenComplete { _ in
            self.channel.close(promise: nil)
        }
    }

    // MARK: What the channel says

    func channelActive(context: ChannelHandlerContext) {
        if case .waiting(let promise, nil) = state { wait(for: .greeting, promise) }
        context.fireChannelActive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { fail(.connectionLost(lastStep)) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(SMTPFailure) {
            for reply in try parser.read(unwrapInboundIn(data).readableBytesView) { receive(reply) }
        } catch {
            fail(error)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(Self.isAboutTrust(error) ? .untrusted : .connectionLost(lastStep))
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.connectionLost(lastStep))
        context.fireChannelInactive()
    }

    private func receive(_ reply: SMTPReply) {
        guard case .waiting(let promise, let deadline) = state else { return fail(.unexpectedReply) }
        deadline?.cancel()
        state = .ready
        promise.succeed(reply)
    }

    // MARK: States

    private func wait(for step: SMTPStep, _ promise: EventLoopPromise<SMTPReply>) {
        lastStep = step
        state = .waiting(promise, deadline(for: step))
    }

    private func deadline(for step: SMTPStep) -> Scheduled<Void> {
        channel.eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.fail(.timedOut(step)) }
    }

    private func fail(_ failure: SMTPFailure) {
        idleEnd?.cancel()
        idleEnd = nil
        switch state {
        case .failed: return
        case .ready: state = .failed(failure)
        case .waiting(let promise, let deadline):
            deadline?.cancel()
            state = .failed(failure)
            promise.fail(failure)
        }
        channel.close(promise: nil)
    }

    /// A connection that ended between two commands is lost at the command that finds out.
    private static func at(_ step: SMTPStep, _ failure: SMTPFailure) -> SMTPFailure {
        if case .connectionLost = failure { return .connectionLost(step) }
        return failure
    }

    private static func isAboutTrust(_ error: any Error) -> Bool {
        switch error {
        case NIOSSLError.uncleanShutdown: false
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: true
        default: false
        }
    }
}

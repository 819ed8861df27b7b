import Foundation
import Logging
import NIOCore

/// Lets a listening socket rest for a moment when a connection could not be accepted because the process or the machine has no
/// descriptor, or no memory, for it.
///
/// Such a connection stays with the system, whose readiness would otherwise be told to the event loop again and again: a core
/// would be used up by trying. NIO's own `AcceptBackoffHandler` (2.101) delays reads that were asked for, and after an error one is
/// asked for already.
///
/// While it rests, the rest of the process has the descriptors that it kept (``DescriptorReserve``); it accepts again when it could take them
/// back.
///
/// It has to be the first handler of the listening channel:
/// ```swift
/// try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger), position: .first)
/// ```
public final class AcceptPause: ChannelDuplexHandler {
    public typealias InboundIn = any Channel
    public typealias OutboundIn = Never

    /// How long nothing is accepted after an error.
    public static let standardLength = TimeAmount.milliseconds(250)
    /// How often the log tells of it, at the most.
    static let longestSilence = TimeAmount.seconds(60)

    private let logger: Logger
    private let length: TimeAmount
    private let reserve = DescriptorReserve()
    private var end: Scheduled<Void>?
    private var lastTold: NIODeadline?

    public init(logger: Logger, length: TimeAmount = AcceptPause.standardLength) {
        self.logger = logger
        self.length = length
    }

    public func handlerAdded(context: ChannelHandlerContext) { _ = reserve.restore() }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else { return context.fireErrorCaught(error) }
        switch error.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: pause(context, because: error)
        // The client has gone before it was its turn (accept(2)): nobody's fault.
        case ECONNABORTED: break
        default: context.fireErrorCaught(error)
        }
    }

    /// Asking to read would end the pause.
    public func read(context: ChannelHandlerContext) {
        guard end == nil else { return }
        context.read()
    }

    public func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        reserve.release()
        context.fireChannelInactive()
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        reserve.release()
    }

    private func pause(_ context: ChannelHandlerContext, because error: IOError) {
        reserve.release()
        tell(of: error)
        guard end == nil else { return }
        // Takes the socket out of what the event loop watches, which nothing else does while a read is asked for.
        context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
        rest(context.channel, context.eventLoop)
    }

    private func rest(_ channel: any Channel, _ eventLoop: any EventLoop) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        end = eventLoop.scheduleTask(in: length) {
            let pause = bound.value
            guard pause.reserve.restore() else { return pause.rest(channel, eventLoop) }
            pause.end = nil
            channel.setOption(.autoRead, value: true).whenFailure { _ in }
        }
    }

    private func tell(of error: IOError) {
        let now = NIODeadline.now()
        if let lastTold, now < lastTold + Self.longestSilence { return }
        lastTold = now
        logger.error(
            "connections cannot be accepted now; they wait", metadata: ["reason": "\(String(cString: strerror(error.errnoCode)))"]
        )
    }
}

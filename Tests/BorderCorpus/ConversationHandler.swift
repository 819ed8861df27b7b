import NIOCore

/// Holds a ``Conversation`` on its event loop.
final class ConversationHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let conversation: Conversation
    private let promise: EventLoopPromise<Conversation.Transcript>
    private var transcript = Conversation.Transcript()
    private var hasEnded = false
    private var timeout: Scheduled<Void>?

    init(_ conversation: Conversation, promise: EventLoopPromise<Conversation.Transcript>) {
        self.conversation = conversation
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: conversation.patience) {
            self.transcript.timedOut = true
            context.close(promise: nil)
        }
        send(0, context: context)
        readOn(context: context)
    }

    /// Each piece when the system took the one before, with a pause in which the other side may read.
    private func send(_ index: Int, context: ChannelHandlerContext) {
        guard index < conversation.pieces.count, context.channel.isActive else { return }
        let piece = ByteBuffer(bytes: conversation.pieces[index])
        context.writeAndFlush(wrapOutboundOut(piece)).assumeIsolated().whenSuccess {
            context.eventLoop.assumeIsolated().execute { self.send(index + 1, context: context) }
            if index + 1 == self.conversation.pieces.count { self.isSent = true; self.endIfAnswered(context: context) }
        }
    }

    private var isSent = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        transcript.rest += unwrapInboundIn(data).readableBytesView
        readOn(context: context)
    }

    private func readOn(context: ChannelHandlerContext) {
        take(isClosed: false)
        endIfAnswered(context: context)
    }

    private func take(isClosed: Bool) {
        while transcript.answers.count < conversation.answersToHead.count {
            let toHead = conversation.answersToHead[transcript.answers.count]
            guard let answer = try? ClientAnswer.take(from: &transcript.rest, toHead: toHead, isClosed: isClosed) else { return }
            if answer.status < 200 { transcript.interimAnswers += 1 } else { transcript.answers.append(answer) }
        }
    }

    private func endIfAnswered(context: ChannelHandlerContext) {
        guard isSent, !hasEnded, !conversation.awaitsClose, transcript.answers.count == conversation.answersToHead.count else {
            return
        }
        hasEnded = true
        context.close(mode: .output, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError { transcript.wasReset = true }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        take(isClosed: true)
        transcript.wasClosed = !hasEnded && !transcript.timedOut
        promise.succeed(transcript)
    }
}

import NIOCore
import NIOPosix

/// One client's connection: sends its pieces, reads as many answers as it expects, and ends the connection where the router does
/// not.
public struct Conversation: Sendable {
    /// What a client saw.
    public struct Transcript: Sendable {
        /// Without interim answers.
        public var answers: [ClientAnswer] = []
        public var interimAnswers = 0
        /// Bytes that belong to no whole answer.
        public var rest: [UInt8] = []
        /// Whether the router closed the connection before the client ended its side.
        public var wasClosed = false
        public var wasReset = false
        /// Whether nothing happened for so long that the client gave up.
        public var timedOut = false
    }

    let pieces: [ArraySlice<UInt8>]
    /// For each answer that is expected, whether it has no body because it answers a HEAD request.
    let answersToHead: [Bool]
    /// Whether to wait for the router to close; else the client ends its side after the last answer.
    let awaitsClose: Bool
    var patience = TimeAmount.seconds(10)

    public init(pieces: [ArraySlice<UInt8>], answersToHead: [Bool], awaitsClose: Bool) {
        self.pieces = pieces
        self.answersToHead = answersToHead
        self.awaitsClose = awaitsClose
    }

    public func hold(host: String, port: Int) async throws -> Transcript {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = eventLoop.makePromise(of: Transcript.self)
        do {
            _ = try await ClientBootstrap(group: eventLoop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelOption(.allowRemoteHalfClosure, value: false)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ConversationHandler(self, promise: promise))
                    }
                }
                .connect(host: host, port: port).get()
        } catch {
            promise.fail(error)
        }
        return try await promise.futureResult.get()
    }
}

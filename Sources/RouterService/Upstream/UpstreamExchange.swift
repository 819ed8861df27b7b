import NIOCore

/// What a request's owner hears from the node that works on it. All calls come on the event loop of both connections.
protocol UpstreamExchange: AnyObject {
    func upstreamAnswered(_ head: ResponseHead)
    func upstreamSent(_ piece: ByteBuffer)
    /// The answer is complete; the connection is no longer this exchange's.
    func upstreamFinished()
    /// No more parts for now: what was passed on should go out.
    func upstreamPaused()
    func upstreamWritabilityChanged(_ isWritable: Bool)
    /// The answer will not be completed; the connection is no longer this exchange's.
    func upstreamFailed(_ failure: UpstreamFailure)
}

/// Who waits for a connection to a node.
protocol UpstreamWaiter: AnyObject {
    func upstreamReady(_ upstream: UpstreamConnection)
    func upstreamUnavailable(_ shortage: UpstreamShortage)
}

import NIOCore

/// One request and its answer: what the connection must remember between them.
final class Exchange {
    let id: RequestID
    let started: NIODeadline
    /// The name of a method that this router knows, or a dash.
    let method: StaticString
    let isHead: Bool
    let isHTTP10: Bool
    let hasBody: Bool
    let isChunked: Bool
    /// Whether the client waits for a `100 Continue` before it sends the body.
    let awaitsContinue: Bool

    var routeClass = RouteClass.unknown
    /// The geo that answers; nil where none does.
    var geo: RoutedGeo?
    /// Whether the connection will be used for another request.
    var keepAlive: Bool
    /// Whether the request may be sent once more when a node closes its connection without a word: nothing can happen twice.
    var mayRepeat: Bool
    var isRequestComplete = false
    var isAnswerStarted = false
    /// How the answer's end is told to the client.
    var answerFraming = BodyFraming.none
    var status = 0
    /// Whether the client did not get the whole answer.
    var isInterrupted = false
    /// Whether logs and metrics know of it already.
    var isRecorded = false
    /// Bytes of the bodies.
    var bytesIn = 0
    var bytesOut = 0

    init(id: RequestID, head: RequestHead?) {
        self.id = id
        started = .now()
        method = head?.method.token ?? "-"
        isHead = head?.method == .head
        isHTTP10 = head?.isHTTP10 ?? false
        keepAlive = head?.keepAlive ?? false
        hasBody = head?.hasBody ?? false
        isChunked = head?.framing == .chunked
        awaitsContinue = head?.expectsContinue ?? false
        mayRepeat = head.map { $0.method.isIdempotent && !$0.hasBody } ?? false
    }
}

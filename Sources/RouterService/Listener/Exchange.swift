import NIOCore
import NIOHTTP1

/// One request and its answer: what the connection must remember between them.
struct Exchange {
    let id: RequestID
    let started: NIODeadline
    /// The name of a registered method, or a dash.
    let method: String
    let isHead: Bool
    let isHTTP10: Bool

    var routeClass = RouteClass.unknown
    /// The place of the geo in the topology.
    var geo: Int?
    /// Whether the connection will be used for another request.
    var keepAlive = false
    var hasBody = false
    var isChunked = false
    /// Whether the client waits for a `100 Continue` before it sends the body.
    var awaitsContinue = false
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

    init(id: RequestID, head: HTTPRequestHead?) {
        self.id = id
        started = .now()
        method = head?.method.rawValue ?? "-"
        isHead = head?.method == .HEAD
        isHTTP10 = head.map { $0.version.minor == 0 } ?? false
    }
}

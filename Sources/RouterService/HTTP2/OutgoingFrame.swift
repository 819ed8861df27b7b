import NIOCore
import NIOHTTP2

/// A frame that is to be written with the others of the event loop's turn.
struct OutgoingFrame {
    let payload: HTTP2Frame.FramePayload
    /// nil for a frame about the connection.
    let stream: HTTP2Stream?
    /// Told when the frame is sent.
    let promise: EventLoopPromise<Void>?
}

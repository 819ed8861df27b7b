import NIOCore

/// A client's connection as its event loop looks after it, whatever is spoken on it at the moment.
protocol LoopConnection: AnyObject {
    /// Whose connection it is, for the limits per client; the same from admission to dismissal.
    var client: ClientAddress { get }

    /// When the connection is given up unless something happens before.
    var deadline: NIODeadline { get }

    func deadlinePassed()

    /// Ends as soon as nothing is lost by it.
    func drain()

    /// Ends at once.
    func abort()
}

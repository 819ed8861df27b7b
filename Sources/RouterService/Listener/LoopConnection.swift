import NIOCore

/// A client's connection as its event loop looks after it, whatever is spoken on it at the moment.
protocol LoopConnection: AnyObject {
    /// When the connection is given up unless something happens before.
    var deadline: NIODeadline { get }

    func deadlinePassed()

    /// Ends as soon as nothing is lost by it.
    func drain()

    /// Ends at once.
    func abort()
}

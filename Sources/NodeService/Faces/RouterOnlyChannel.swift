import HummingbirdCore
import Logging
import NIOCore

/// Connections on which only a router is heard: mutual TLS before everything else.
///
/// Not Hummingbird's own `TLSChannel`, whose certificate stays the same as long as the process lives.
struct RouterOnlyChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let identity: NodeIdentity

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture { try identity.secure(channel) }
            .flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}

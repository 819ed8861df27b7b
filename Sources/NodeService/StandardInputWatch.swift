import Foundation
import ServiceLifecycle

/// Ends the process gracefully when its standard input reaches its end, so that no child survives the parent that holds the
/// other side of the pipe.
public struct StandardInputWatch: Service {
    public init() {}

    public func run() async throws {
        for await _ in Self.end.cancelOnGracefulShutdown() {}
    }

    /// A stream without elements that finishes when standard input does. Takes a thread of its own; use it once in a process.
    public static var end: AsyncStream<Void> {
        AsyncStream<Void> { continuation in
            let thread = Thread {
                while FileHandle.standardInput.availableData.isEmpty == false {}
                continuation.finish()
            }
            thread.name = "standard-input-watch"
            thread.start()
        }
    }
}

import Accounts
import Hummingbird

/// Tells which admin a request comes from.
public protocol ConsoleEntrance: Sendable {
    /// - Returns: nil where nobody is logged in, or no longer.
    func admin(of request: Request) async throws -> Admin?
}

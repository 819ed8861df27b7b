import Accounts
import Hummingbird
import Logging
import NIOCore

/// What a node knows of a request beside its bytes: the portal of its host, and the id under which it is logged.
public struct NodeRequestContext: RequestContext {
    /// The most bytes of a body that any operation of a node reads.
    public static let maximumBodyBytes = 64 * 1024

    public var coreContext: CoreRequestContextStorage
    /// The portal that the request's host names; nil on the hosts of APIs and consoles.
    public var portal: Portal?
    /// The admin who showed a token, on the management API.
    public var admin: Admin?
    /// The address of whoever asks: as the router tells it, or the other end of the connection.
    public var clientAddress: String?
    /// Stands in the log and in every problem, so that somebody who reports one can be helped.
    public var requestID: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        var random = SystemRandomNumberGenerator()
        let digits = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        // Always of one length, so that two answers differ in nothing but the digits.
        clientAddress = source.channel.remoteAddress?.ipAddress
        requestID = String(repeating: "0", count: 16 - digits.count) + digits
    }

    public var maxUploadSize: Int { Self.maximumBodyBytes }

    /// Who acts, on the management API.
    public var actor: AuditActor { admin.map { .admin($0.id) } ?? .anonymous }

    /// The portal of the request's host.
    ///
    /// - Throws: ``Problem/misdirected`` on a host without one.
    public func requirePortal() throws -> Portal {
        guard let portal else { throw Problem.misdirected }
        return portal
    }
}

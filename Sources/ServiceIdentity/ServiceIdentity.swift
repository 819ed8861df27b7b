import Foundation
import Geography
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The identity of this process inside the installation, as its files say it now.
///
/// New connections use what the files held when they were last looked at; open ones live on. Files that do not fit together, as
/// while they are being replaced, change nothing.
public final class ServiceIdentity: Sendable {
    public let own: SPIFFEID
    private let settings: IdentitySettings
    private let logger: Logger
    private let material: Mutex<IdentityMaterial>
    private let trouble = Mutex<String?>(nil)
    private let isWarned = Mutex(false)

    /// Reads the files.
    ///
    /// An expired certificate is no error here: it is logged, and the process takes the next one as soon as it is there.
    ///
    /// - Throws: `ConfigurationError` for files that are missing, do not fit together, or prove another id.
    public init(_ settings: IdentitySettings, own: SPIFFEID, logger: Logger) throws {
        self.settings = settings
        self.own = own
        self.logger = logger
        material = Mutex(try IdentityMaterial(settings, own: own))
        warnOfExpiry()
    }

    /// When the certificate in use ends, in seconds since 1970.
    public var expires: Int { material.withLock { $0.expires } }

    // MARK: Connections

    /// Puts mutual TLS at the end of a pipeline, as the side that was connected to. Call it on the channel's event loop.
    ///
    /// - Parameters:
    ///   - peer: who must be at the other end; nobody else's bytes pass.
    ///   - timeout: for the handshake.
    /// - Returns: succeeds when the peer has proven its id; fails with ``IdentityError``, and the channel is closed.
    public func addServer(to channel: any Channel, expecting peer: SPIFFEID, within timeout: TimeAmount = .seconds(5)) throws
        -> EventLoopFuture<Void>
    {
        try add(NIOSSLServerHandler(context: material.withLock { $0.server }), to: channel, expecting: peer, within: timeout)
    }

    /// As ``addServer(to:expecting:within:)``, as the side that connects.
    public func addClient(to channel: any Channel, expecting peer: SPIFFEID, within timeout: TimeAmount = .seconds(5)) throws
        -> EventLoopFuture<Void>
    {
        let context = material.withLock { $0.client }
        return try add(NIOSSLClientHandler(context: context, serverHostname: nil), to: channel, expecting: peer, within: timeout)
    }

    private func add(_ tls: NIOSSLHandler, to channel: any Channel, expecting peer: SPIFFEID, within timeout: TimeAmount) throws
        -> EventLoopFuture<Void>
    {
        let verdict = channel.eventLoop.makePromise(of: Void.self)
        do {
            try channel.pipeline.syncOperations.addHandler(tls)
            try channel.pipeline.syncOperations.addHandler(
                PeerIdentityCheck(expected: peer, tls: tls, timeout: timeout, verdict: verdict))
        } catch {
            verdict.fail(error)
            throw error
        }
        return verdict.futureResult
    }

    // MARK: Reload

    /// Looks at the files every few seconds, until the task is cancelled.
    public func watch() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(settings.reloadSeconds)) } catch { return }
            reload()
        }
    }

    /// Looks at the files now.
    public func reload() {
        do {
            let bytes = try IdentityMaterial.read(settings)
            if bytes != material.withLock({ $0.bytes }) {
                let fresh = try IdentityMaterial(bytes, settings, own: own)
                material.withLock { $0 = fresh }
                isWarned.withLock { $0 = false }
                logger.info("identity renewed", metadata: ["id": "\(own)", "expires": "\(Self.date(fresh.expires))"])
            }
            trouble.withLock { $0 = nil }
        } catch {
            report("\(error)")
        }
        warnOfExpiry()
    }

    /// Tells the same trouble once, not every few seconds.
    private func report(_ problem: String) {
        let isNew = trouble.withLock { trouble in
            defer { trouble = problem }
            return trouble != problem
        }
        guard isNew else { return }
        logger.warning(
            "the identity's files cannot be used; the ones read before stay in use",
            metadata: ["id": "\(own)", "reason": .string(problem)])
    }

    /// Warns once of a certificate of whose life less than a third is left.
    private func warnOfExpiry() {
        let (from, expires) = material.withLock { ($0.validFrom, $0.expires) }
        guard Int(Date().timeIntervalSince1970) > expires - (expires - from) / 3 else { return }
        let isNew = isWarned.withLock { warned in
            defer { warned = true }
            return !warned
        }
        guard isNew else { return }
        logger.warning(
            "the identity's certificate ends soon; renew it with: portolanctl certificates rotate",
            metadata: ["id": "\(own)", "expires": "\(Self.date(expires))"])
    }

    private static func date(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }
}

import NIOCore
import NIOPosix

extension SMTPTransport {
    /// Connects, protects the connection and logs in as for a mail, and ends it without one.
    ///
    /// - Throws: what would keep a mail waiting.
    public static func probe(_ settings: SMTPSettings) async throws(DeliveryFailure) {
        do {
            let tls = settings.security == .none ? nil : try TLSClient(settings)
            let session = try await SMTPSession.open(settings, tls: tls, group: MultiThreadedEventLoopGroup.singleton)
            session.quit()
        } catch {
            throw DeliveryFailure(error)
        }
    }
}

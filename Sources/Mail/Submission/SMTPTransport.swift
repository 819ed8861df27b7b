import NIOCore
import NIOPosix

/// Hands mails to the geo's submission server (RFC 6409), over connections that serve several mails in a row.
///
/// ```swift
/// let transport = SMTPTransport(settings: settings)
/// try await transport.deliver(mail)
/// await transport.finish()
/// ```
public struct SMTPTransport: MailTransport {
    /// How long a connection waits for the next mail.
    static let idleLimit = TimeAmount.seconds(20)

    private let settings: SMTPSettings
    private let tls: Result<TLSClient, SMTPFailure>
    private let group: any EventLoopGroup
    private let sessions: IdleSessions

    public init(settings: SMTPSettings, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.init(settings: settings, group: group, idleLimit: Self.idleLimit)
    }

    init(settings: SMTPSettings, group: any EventLoopGroup, idleLimit: TimeAmount) {
        self.settings = settings
        self.group = group
        tls = Result { () throws(SMTPFailure) in try TLSClient(settings) }
        sessions = IdleSessions(idleLimit: idleLimit)
    }

    public func deliver(_ mail: RenderedMail) async throws(DeliveryFailure) {
        do {
            if let session = await sessions.take() {
                do {
                    return try await deliver(mail, over: session)
                } catch  where error.showsStaleSession {
                    // The server had ended the connection while it was idle: nothing of the mail was taken.
                }
            }
            try await deliver(mail, over: open())
        } catch {
            throw DeliveryFailure(error)
        }
    }

    public func finish() async { await sessions.finish() }

    private func open() async throws(SMTPFailure) -> SMTPSession {
        let tls = settings.security == .none ? nil : try tls.get()
        return try await SMTPSession.open(settings, tls: tls, group: group)
    }

    private func deliver(_ mail: RenderedMail, over session: SMTPSession) async throws(SMTPFailure) {
        var session = session
        do {
            try await session.deliver(mail)
        } catch {
            if error.leavesSessionUsable, await session.reset() {
                await sessions.put(session)
            } else {
                session.close()
            }
            throw error
        }
        await sessions.put(session)
    }
}

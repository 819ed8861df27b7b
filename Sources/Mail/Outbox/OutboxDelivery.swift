import Accounts
import Logging
import ServiceLifecycle

/// Delivers the mails of a geo's outbox, for as long as the node runs.
///
/// At least once: a mail counts as delivered only after the transport took it, so a node that dies in between sends it again,
/// with the same `Message-ID`. What an earlier run left is found at the start. At a graceful shutdown the mails under way are
/// finished, within ``DeliveryPolicy/shutdownGrace``.
///
/// ```swift
/// let delivery = OutboxDelivery(
///     store: store, transport: SMTPTransport(settings: smtp), from: settings.from, looks: StoredMailLooks(store: store),
///     clock: SystemClock(), logger: logger)
/// ```
public struct OutboxDelivery: Service {
    private let attempt: DeliveryAttempt

    /// - Parameters:
    ///   - domains: where portals may have senders of their own.
    ///   - underWay: told which mails are being sent, so that nobody takes one away meanwhile.
    public init(
        store: any OutboxStore, transport: any MailTransport, from sender: Mailbox, looks: any MailLookSource,
        domains: MailSenderDomains = MailSenderDomains(), underWay: MailsUnderWay = MailsUnderWay(), clock: any WallClock,
        logger: Logger, policy: DeliveryPolicy = DeliveryPolicy()
    ) {
        self.init(
            store: store, transport: transport, from: sender, looks: looks, domains: domains, underWay: underWay, clock: clock,
            logger: logger, policy: policy, sleep: { try await Task.sleep(for: $0) })
    }

    /// - Parameter sleep: waits for so long, by the same time as the clock.
    init(
        store: any OutboxStore, transport: any MailTransport, from sender: Mailbox, looks: any MailLookSource,
        domains: MailSenderDomains = MailSenderDomains(), underWay: MailsUnderWay = MailsUnderWay(), clock: any WallClock,
        logger: Logger, policy: DeliveryPolicy, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        attempt = DeliveryAttempt(
            store: store, transport: transport, rendering: MailRendering(sender: sender, domains: domains), looks: looks,
            underWay: underWay, clock: clock, logger: logger, policy: policy, sleep: sleep)
    }

    /// Delivers until the service group stops it.
    public func run() async throws {
        let (attempt, news) = (attempt, DeliveryNews())
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                let (arrivals, retries) = (attempt.store.mailArrivals(), attempt.store.mailRetries())
                group.addTask {
                    for await _ in arrivals { news.wake() }
                }
                group.addTask {
                    for await _ in retries { news.retry() }
                }
                var loop = DeliveryLoop(attempt, news: news)
                await loop.run(in: &group)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            news.stop()
        }
        await attempt.transport.finish()
    }
}

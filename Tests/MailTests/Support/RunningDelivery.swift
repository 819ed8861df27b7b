import Accounts
import Logging
import ServiceLifecycle

@testable import Mail

/// The parts of one run of the delivery, and the run itself for as long as a test needs it.
struct RunningDelivery {
    let outbox: InMemoryOutbox
    let time = ManualTime()
    let log = CapturedLog()
    var policy = DeliveryPolicy()
    var looks: any MailLookSource = FixedLooks()
    let underWay = MailsUnderWay()

    /// Runs the service while the test looks on, then stops it gracefully and waits for its end.
    func run(_ transport: any MailTransport, _ body: (ServiceGroup) async throws -> Void) async throws {
        let time = time
        let delivery = OutboxDelivery(
            store: outbox, transport: transport, from: Samples.sender, looks: looks, underWay: underWay,
            clock: time, logger: log.logger,
            policy: policy,
            sleep: { try await time.sleep($0) })
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(services: [delivery], logger: silent)
        async let running: Void = group.run()
        try await body(group)
        await group.triggerGracefulShutdown()
        try await running
    }
}

import Accounts
import Logging

/// One mail's way: rendered, handed to the transport, and its end written to the store.
struct DeliveryAttempt: Sendable {
    let store: any OutboxStore
    let transport: any MailTransport
    let rendering: MailRendering
    let looks: any MailLookSource
    let underWay: MailsUnderWay
    let clock: any WallClock
    let logger: Logger
    let policy: DeliveryPolicy
    let sleep: @Sendable (Duration) async throws -> Void

    func run(_ mail: OutboxMail) async -> DeliveryOutcome {
        await underWay.begin(mail.id)
        defer { underWay.end(mail.id) }
        let outcome = await deliver(mail)
        await record(outcome, of: mail)
        return outcome
    }

    private func deliver(_ mail: OutboxMail) async -> DeliveryOutcome {
        do {
            guard try await store.mailWaits(mail.id) else { return .withdrawn }
        } catch {
            logger.error("a mail cannot be looked up", metadata: ["mail": "\(mail.id)", "problem": "\(StoreProblem(error))"])
            return Task.isCancelled ? .abandoned : .failed(.delayed(reason: "the outbox cannot be read now"))
        }
        guard let look = await look(of: mail) else {
            return Task.isCancelled ? .abandoned : .failed(.delayed(reason: "the portal's look cannot be read now"))
        }
        guard mail.message.trial != nil || !look.isOff else { return .withheld }
        do {
            let message = try rendering.render(mail, look: look)
            do {
                try await transport.deliver(message)
                return .delivered
            } catch {
                // A connection that was cut off by the stop says nothing about the mail.
                return Task.isCancelled ? .abandoned : .failed(error)
            }
        } catch {
            return .unrenderable(error)
        }
    }

    /// What the portal chose, as it is now; nil where that cannot be read.
    private func look(of mail: OutboxMail) async -> MailLook? {
        guard let portal = mail.message.portal, let template = MailTemplateName(mail.message.content) else { return MailLook() }
        do {
            return try await looks.look(of: portal, for: template)
        } catch {
            logger.error("a portal's look cannot be read", metadata: ["mail": "\(mail.id)", "problem": "\(StoreProblem(error))"])
            return nil
        }
    }

    /// Writes the end down, however often the store has to be asked: a mail that was delivered and is still queued goes out
    /// again.
    private func record(_ outcome: DeliveryOutcome, of mail: OutboxMail) async {
        let step = step(after: outcome, of: mail)
        log(step, of: mail)
        var failures = 0
        repeat {
            do {
                // Not a child task: the stop of the node must not cut off this write.
                try await Task { try await write(step, of: mail) }.value
                return
            } catch {
                failures += 1
                logger.error(
                    "the outbox could not note how a mail ended; it is tried again",
                    metadata: ["mail": "\(mail.id)", "problem": "\(StoreProblem(error))"])
                var random = SystemRandomNumberGenerator()
                try? await sleep(policy.delay(afterAttempts: failures, upTo: policy.longestOutageDelay, using: &random))
            }
        } while !Task.isCancelled
    }

    // MARK: What follows

    private enum Step {
        case delivered
        /// The portal does without such mails; it is done with.
        case withheld
        case dead(reason: String)
        case later(Timestamp, reason: String)
        /// It is not in the queue any more; there is nothing to write.
        case gone
        case nothing
    }

    private func step(after outcome: DeliveryOutcome, of mail: OutboxMail) -> Step {
        switch outcome {
        case .delivered: .delivered
        case .withheld: .withheld
        case .withdrawn: .gone
        case .abandoned: .nothing
        case .unrenderable(let error): .dead(reason: error.description)
        case .failed(.refused(let reason)): .dead(reason: reason)
        case .failed(.delayed(let reason)): retry(mail, upTo: policy.longestDelay, reason: reason)
        case .failed(.unavailable(let reason)): retry(mail, upTo: policy.longestOutageDelay, reason: reason)
        }
    }

    private func retry(_ mail: OutboxMail, upTo longest: Duration, reason: String) -> Step {
        let now = clock.now
        let isOld = now >= mail.createdAt.adding(policy.giveUpAfter)
        guard !isOld || mail.attempts + 1 < policy.fewestAttempts else { return .dead(reason: "given up: \(reason)") }
        var random = SystemRandomNumberGenerator()
        return .later(
            now.adding(policy.delay(afterAttempts: mail.attempts + 1, upTo: longest, using: &random)), reason: reason)
    }

    private func write(_ step: Step, of mail: OutboxMail) async throws {
        switch step {
        case .delivered, .withheld: try await store.mailDelivered(mail.id, at: clock.now)
        case .dead(let reason): try await store.mailFailed(mail.id, at: clock.now, problem: reason)
        case .later(let moment, let reason): try await store.mailDelayed(mail.id, until: moment, problem: reason)
        case .gone, .nothing: break
        }
    }

    /// Without the address, the name and the words of anybody.
    private func log(_ step: Step, of mail: OutboxMail) {
        let metadata: Logger.Metadata = ["mail": "\(mail.id)", "attempt": .stringConvertible(mail.attempts + 1)]
        switch step {
        case .delivered: logger.info("a mail was delivered", metadata: metadata)
        case .withheld: logger.info("a mail was not sent, because its portal does without such mails", metadata: metadata)
        case .dead(let reason):
            logger.error(
                "a mail cannot be delivered and is a dead letter now", metadata: metadata.merging(["reason": "\(reason)"]) { $1 })
        case .later(let moment, let reason):
            logger.warning(
                "a mail was not delivered and is tried again",
                metadata: metadata.merging(["reason": "\(reason)", "next": "\(moment.iso8601)"]) { $1 })
        case .gone: logger.info("a mail was taken out of the queue before it was sent", metadata: metadata)
        case .nothing: logger.notice("a mail was left for the next start", metadata: metadata)
        }
    }
}

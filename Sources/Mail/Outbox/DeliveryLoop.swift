import Accounts
import Logging

/// Decides which mail goes when: the state of one run of the delivery.
///
/// It asks the store when mail arrives, when one under way has ended, and when the next one is due; never in between.
struct DeliveryLoop {
    private let attempt: DeliveryAttempt
    private let news: DeliveryNews
    private var underWay: Set<MailID> = []
    /// Failures in a row by which the server, not one mail, was to blame.
    private var outages = 0
    /// The mails that were under way when the latest outage showed: their failures are the same outage, however late they come.
    private var caughtInOutage: Set<MailID> = []
    private var pausedUntil: Timestamp?
    private var storeFailures = 0
    /// What the clock said last; nil before the first look, when an earlier run may have had a clock that was ahead.
    private var lastLook: Timestamp?
    private var isStopping = false
    private var alarm: Alarm?

    private struct Alarm {
        let moment: Timestamp
        let task: Task<Void, Never>
    }

    init(_ attempt: DeliveryAttempt, news: DeliveryNews) {
        self.attempt = attempt
        self.news = news
    }

    private var policy: DeliveryPolicy { attempt.policy }

    /// Runs until the node stops, or its task is cancelled.
    mutating func run(in group: inout DiscardingTaskGroup) async {
        // Mails that an earlier run left behind.
        news.wake()
        for await _ in news.wakes {
            let digest = news.take()
            if digest.alarmRang { alarm = nil }
            // Somebody who has mended the server does not wait for the end of the pause.
            if digest.isRetry { pausedUntil = nil }
            for (mail, outcome) in digest.ended { note(outcome, of: mail) }
            if digest.stops { beginStop(in: &group) }
            if isStopping {
                if underWay.isEmpty || digest.graceIsOver { break }
            } else {
                await refill(in: &group)
            }
        }
        alarm?.task.cancel()
    }

    // MARK: News

    private mutating func note(_ outcome: DeliveryOutcome, of mail: MailID) {
        underWay.remove(mail)
        switch outcome {
        case .failed(.unavailable):
            if caughtInOutage.remove(mail) != nil { return }
            caughtInOutage = underWay
            outages += 1
            pausedUntil = attempt.clock.now.adding(delay(after: outages))
        case .delivered, .withheld, .failed:
            caughtInOutage.remove(mail)
            outages = 0
            pausedUntil = nil
        case .unrenderable, .withdrawn, .abandoned: caughtInOutage.remove(mail)
        }
    }

    private mutating func beginStop(in group: inout DiscardingTaskGroup) {
        isStopping = true
        alarm?.task.cancel()
        let (sleep, grace, news) = (attempt.sleep, policy.shutdownGrace, news)
        group.addTask {
            try? await sleep(grace)
            news.graceIsOver()
        }
    }

    // MARK: Work

    private mutating func refill(in group: inout DiscardingTaskGroup) async {
        let now = attempt.clock.now
        do {
            try await noteTime(now)
            if let pausedUntil, now < pausedUntil { return wake(at: pausedUntil, now: now) }
            // After an outage one mail goes first to see whether the server is back.
            let width = outages == 0 ? policy.concurrency : 1
            guard underWay.count < width else { return }
            // The mails under way are due, too, so this many are enough to find others.
            let due = try await attempt.store.dueMails(at: now, limit: policy.concurrency)
            for mail in due.filter({ !underWay.contains($0.id) }).prefix(width - underWay.count) { start(mail, in: &group) }
            if underWay.count < width, let next = try await attempt.store.nextMailDue() {
                // The next one that is due may be under way; its end looks again.
                if underWay.isEmpty || now < next { wake(at: next, now: now) }
            }
            storeFailures = 0
        } catch is CancellationError {
            // The node stops; what is due waits in the store.
        } catch {
            storeFailures += 1
            attempt.logger.error("the outbox cannot be read; it is tried again", metadata: ["problem": "\(StoreProblem(error))"])
            wake(at: now.adding(delay(after: storeFailures)), now: now)
        }
    }

    /// Where the clock was set back, nothing waits for the time that it told before.
    private mutating func noteTime(_ now: Timestamp) async throws {
        if lastLook.map({ now < $0.adding(.seconds(-1)) }) ?? true {
            try await attempt.store.recallMails(dueAfter: now.adding(policy.longestDelay), at: now)
            pausedUntil = nil
        }
        lastLook = now
    }

    private mutating func start(_ mail: OutboxMail, in group: inout DiscardingTaskGroup) {
        underWay.insert(mail.id)
        let (attempt, news) = (attempt, news)
        group.addTask {
            let outcome = await attempt.run(mail)
            news.ended(mail.id, outcome)
        }
    }

    private mutating func wake(at moment: Timestamp, now: Timestamp) {
        guard alarm?.moment != moment else { return }
        alarm?.task.cancel()
        // Never at once: a store that calls a mail due and does not hand it out must not keep this loop busy.
        let wait = max(Duration.milliseconds(moment.milliseconds - now.milliseconds), .milliseconds(250))
        let (sleep, news) = (attempt.sleep, news)
        let task = Task {
            try? await sleep(wait)
            if !Task.isCancelled { news.alarmRang() }
        }
        alarm = Alarm(moment: moment, task: task)
    }

    private func delay(after failures: Int) -> Duration {
        var random = SystemRandomNumberGenerator()
        return policy.delay(afterAttempts: failures, upTo: policy.longestOutageDelay, using: &random)
    }
}

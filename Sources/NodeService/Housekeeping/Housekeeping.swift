import Accounts
import Logging
import ServiceLifecycle

/// Removes what the geo keeps no longer, at the start and then on a schedule, and notes the end of the audit log.
///
/// Whoever keeps the logs elsewhere can so show that the audit log was not written anew (`portolanctl audit verify --noted`).
struct Housekeeping: Service {
    let retention: Retention
    let log: AuditLog
    let interval: Duration
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await clean()
                try await Task.sleep(for: interval)
            }
        }
    }

    private func clean() async {
        do {
            let counts = try await retention.purge()
            let head = try await log.head()
            logger.info(
                "the geo was cleaned of what is past keeping",
                metadata: [
                    "developers": "\(counts.developers)", "one_time_tokens": "\(counts.oneTimeTokens)",
                    "sessions": "\(counts.sessions)", "mails": "\(counts.mails)",
                    "audit_log": "\(head.sequence):\(head.hexHash)",
                ])
        } catch is CancellationError {
            // The node stops; the next start goes on.
        } catch {
            logger.error("the cleaning failed; it is tried again", metadata: ["problem": "\(StoreProblem(error))"])
        }
    }
}

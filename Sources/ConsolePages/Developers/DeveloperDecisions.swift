import Accounts
import HTTPConventions
import Languages

/// One step with several developers: each is taken by itself, and what cannot be done with one keeps nobody else from it.
struct DeveloperDecisions {
    /// Somebody with whom it could not be done.
    struct Failure {
        let name: String
        let reason: String
    }

    private(set) var done = 0
    private(set) var failures: [Failure] = []

    /// - Throws: what nobody foresaw.
    init(
        _ step: DeveloperStep, with developers: [DeveloperID], at portal: Portal, by actor: AuditActor, approval: Approval,
        in book: Phrasebook
    ) async throws {
        for id in developers {
            var name = id.description
            do {
                name = try await approval.developer(id, at: portal).fullName.value
                try await step.take(on: id, at: portal, by: actor, approval: approval)
                done += 1
            } catch {
                guard let problem = Problem(foreseen: error) else { throw error }
                failures.append(Failure(name: name, reason: Self.reason(error, problem, in: book)))
            }
        }
    }

    private static func reason(_ error: any Error, _ problem: Problem, in book: Phrasebook) -> String {
        switch error {
        case AccountError.invalidTransition(let from, _): book.text("console.steps.isAlready", ["status": from.label(in: book)])
        case AccountError.conflict: book["console.steps.unverified"]
        case AccountError.notFound: book["console.steps.gone"]
        default: book["console.steps.tryAgain"]
        }
    }
}

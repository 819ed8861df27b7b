/// Lets an answer come only at whole intervals after its question, so that its time does not tell what was found.
///
/// Known and unknown addresses take different work; far less than an interval of it.
struct EvenPace: Sendable {
    /// One question that was asked.
    struct Question: Sendable {
        let pace: EvenPace
        let start: ContinuousClock.Instant

        /// Returns at the next whole interval after the question.
        func rest() async {
            // Whoever was cancelled does not wait for an answer.
            try? await Task.sleep(for: pace.rest(after: ContinuousClock.now - start), tolerance: .zero)
        }
    }

    /// Zero or less answers at once.
    let interval: Duration

    func start() -> Question { Question(pace: self, start: .now) }

    /// Does the work, and returns at the next whole interval after its start. What it throws is thrown at once.
    func run(_ work: () async throws -> Void) async throws {
        let question = start()
        try await work()
        await question.rest()
    }

    /// What is missing to the next whole interval.
    func rest(after elapsed: Duration) -> Duration {
        guard interval > .zero else { return .zero }
        return interval * (Int((elapsed / interval).rounded(.down)) + 1) - elapsed
    }
}

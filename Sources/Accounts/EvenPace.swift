/// Lets an answer come only at whole intervals after its question and a random moment more, so that its time does not tell what was
/// found.
///
/// Known and unknown addresses take different work; far less than an interval of it. What the work leaves behind (a processor that
/// is awake, warm caches, a mail under way) still moves the answer by some 0.1 ms; the random moment is fifty times as much.
struct EvenPace: Sendable {
    /// One question that was asked.
    struct Question: Sendable {
        let pace: EvenPace
        let start: ContinuousClock.Instant

        /// Returns at a random moment of the quarter that follows the next whole interval after the question.
        func rest() async {
            let rest = pace.rest(after: ContinuousClock.now - start) + pace.randomMoment()
            // Whoever was cancelled does not wait for an answer.
            try? await Task.sleep(for: rest, tolerance: .zero)
        }
    }

    /// Zero or less answers at once.
    let interval: Duration

    func start() -> Question { Question(pace: self, start: .now) }

    /// Does the work, and returns a random moment after the next whole interval since its start. What it throws is thrown at once.
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

    /// Something between nothing and a quarter of an interval, evenly distributed.
    func randomMoment() -> Duration {
        guard interval > .zero else { return .zero }
        return interval / 4 * Double.random(in: 0..<1)
    }
}

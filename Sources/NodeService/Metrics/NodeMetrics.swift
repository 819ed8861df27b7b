import Foundation
import ServiceMetrics

/// What a node counts while it runs: numbers by flow and outcome, never anything of a single request.
final class NodeMetrics: Sendable {
    enum Delivery: String, CaseIterable, Sendable { case delivered, delayed, dead }

    let startedAt = Date()
    private let requests = (0..<(RequestFlow.allCases.count * RequestOutcome.allCases.count)).map { _ in MetricCounter() }
    private let durations = RequestFlow.allCases.map { _ in LatencyHistogram() }
    private let mails = Delivery.allCases.map { _ in MetricCounter() }

    func requests(_ flow: RequestFlow, _ outcome: RequestOutcome) -> MetricCounter {
        requests[Self.index(flow) * RequestOutcome.allCases.count + Self.index(outcome)]
    }

    func durations(_ flow: RequestFlow) -> LatencyHistogram { durations[Self.index(flow)] }

    func deliveries(_ outcome: Delivery) -> MetricCounter { mails[Self.index(outcome)] }

    private static func index<Choice: CaseIterable & Equatable>(_ choice: Choice) -> Int {
        Choice.allCases.enumerated().first { $0.element == choice }?.offset ?? 0
    }
}

import RouterService

/// The nodes of two geos, each of which answers with the name of its geo.
struct TwoGeos: Sendable {
    let eu: RecordingNode
    let us: RecordingNode

    func node(_ geo: String) -> RecordingNode { geo == "eu" ? eu : us }

    func other(than geo: String) -> RecordingNode { geo == "eu" ? us : eu }

    /// Whether neither was sent a request, nor any byte.
    var areUntouched: Bool { [eu, us].allSatisfy { $0.requests.isEmpty && $0.record.value.bytes.isEmpty } }
}

/// Runs a router in front of `eu` and `us` for as long as a closure takes.
func serveTwoGeos(
    limits: (inout RouterLimits) -> Void = { _ in },
    answer: @escaping @Sendable (String, ReceivedRequest) -> NodeAnswer = { geo, _ in .ok(geo) },
    _ body: @Sendable (RunningRouter, TwoGeos) async throws -> Void
) async throws {
    let eu = try await RecordingNode.start(answer: { answer("eu", $0) })
    let us = try await RecordingNode.start(answer: { answer("us", $0) })
    try await RunningRouter.serve([("eu", [eu.endpoint]), ("us", [us.endpoint])], limits: limits) { router in
        try await body(router, TwoGeos(eu: eu, us: us))
    }
    await eu.stop()
    await us.stop()
}

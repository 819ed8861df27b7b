import Foundation
import HTTPConventions
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceMetrics

/// What an operator's tools ask a node: whether it lives, and whether it can serve.
struct HealthEndpoints: Sendable {
    /// Whether the store takes writes now.
    let isReady: @Sendable () async -> Bool
    /// The geo's id, so that a probe sees whom it asks.
    let geo: String
    /// What the node counts; nil where nobody is to be told.
    var metrics: (@Sendable () async -> String)?

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/healthz") { _, _ in try Response.json(Status(status: "ok", geo: geo)) }
        router.get("/readyz") { _, _ in
            let isReady = await isReady()
            return try Response.json(
                Status(status: isReady ? "ready" : "store not writable", geo: geo), status: isReady ? .ok : .serviceUnavailable)
        }
        if let metrics {
            router.get("/metrics") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: MetricsText.contentType, .cacheControl: "no-store"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: await metrics())))
            }
        }
        return router
    }

    private struct Status: Encodable {
        let status: String
        let geo: String
    }
}

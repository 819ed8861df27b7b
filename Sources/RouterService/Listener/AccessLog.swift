import Logging
import NIOCore

/// One line per answered request: geo, route class, outcome and sizes, nothing that a client wrote.
struct AccessLog {
    let logger: Logger

    func record(_ exchange: Exchange, duration: TimeAmount) {
        logger.info(
            exchange.isInterrupted ? "request interrupted" : "request",
            metadata: [
                "geo": .string(exchange.geo?.id.value ?? "none"),
                "route": .string(exchange.routeClass.name),
                "method": .string(exchange.method.description),
                "status": .stringConvertible(exchange.status),
                "duration_ms": .stringConvertible(Double(duration.nanoseconds / 1000) / 1000),
                "bytes_in": .stringConvertible(exchange.bytesIn),
                "bytes_out": .stringConvertible(exchange.bytesOut),
                "request_id": .stringConvertible(exchange.id),
            ])
    }
}

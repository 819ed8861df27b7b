import NIOCore

/// Answers of the router's own, and what is noted of every answer.
extension ClientConnection {
    /// Bodies up to this length are copied behind their head: one piece costs less to send than two.
    private static let copiedBytes = 4096

    /// Begins to assemble an answer with its head.
    func assemble(_ writeHead: (inout ByteBuffer) -> Void) {
        passAssembled()
        assembled = loop.headBuffers.take()
        writeHead(&assembled)
    }

    func write(_ bytes: ByteBuffer) {
        if assembled.readableBytes > 0, bytes.readableBytes <= Self.copiedBytes {
            assembled.writeImmutableBuffer(bytes)
        } else {
            passAssembled()
            link?.write(bytes)
        }
    }

    func flush() {
        passAssembled()
        link?.flush()
    }

    /// Hands on what has been assembled.
    func passAssembled() {
        guard assembled.readableBytes > 0 else { return }
        link?.write(assembled)
        loop.headBuffers.giveBack(assembled)
        assembled = ByteBuffer()
    }

    func answer(_ problem: Problem) {
        answer(OwnAnswer(problem, id: exchangeID))
    }

    func answer(_ answer: OwnAnswer) {
        guard let exchange else { return }
        exchange.status = answer.status
        exchange.isAnswerStarted = true
        // The rest of a body that nobody wants is not read to its end.
        if exchange.hasBody, !exchange.isRequestComplete { exchange.keepAlive = false }
        exchange.bytesOut = exchange.isHead ? 0 : answer.body.readableBytes
        loop.metrics.bytesSent.add(exchange.bytesOut)
        assemble { buffer in
            answer.write(
                id: exchange.id, date: loop.date, keepAlive: exchange.keepAlive, withBody: !exchange.isHead,
                isSecure: loop.isPublishedByHTTPS && served != .redirected, to: &buffer)
        }
        flush()
        answerCompleted()
    }

    /// The answer is written to its end; the request may not have come to its own.
    func answerCompleted() {
        guard let exchange else { return }
        record(exchange)
        if exchange.isRequestComplete { return finish() }
        state = .answered
        if !exchange.keepAlive { endAnswers() }
        serve()
    }

    /// Notes an exchange that did not come to its end; nothing where there is none.
    func recordInterruption(status: Int) {
        guard let exchange, !exchange.isRecorded else { return }
        exchange.isInterrupted = true
        if !exchange.isAnswerStarted { exchange.status = status }
        record(exchange)
    }

    private func record(_ finished: Exchange) {
        guard !finished.isRecorded else { return }
        finished.isRecorded = true
        loop.metrics.requestsInFlight.subtract()
        let counters = finished.geo?.metrics.requests ?? loop.metrics.unrouted
        counters[finished.routeClass, finished.status / 100].add()
        let duration = NIODeadline.now() - finished.started
        finished.geo?.metrics.durations.record(duration)
        loop.accessLog?.record(finished, duration: duration)
    }
}

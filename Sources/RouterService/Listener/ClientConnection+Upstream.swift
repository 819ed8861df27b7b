import Geography
import NIOCore

extension ClientConnection: UpstreamWaiter {
    func upstreamReady(_ upstream: UpstreamConnection) {
        guard case .connecting = state, let geo = exchange?.geo else { return upstream.giveBack() }
        assert(upstream.node.geo == geo.id)
        startForwarding(to: upstream)
        // A request that is complete already is flushed with its last byte, together with its head.
        serve()
        flushUpstream()
    }

    func upstreamUnavailable(_ shortage: UpstreamShortage) {
        guard case .connecting = state else { return }
        answer(.unavailable(shortage, limits: loop.limits))
        serve()
    }
}

extension ClientConnection: UpstreamExchange {
    func upstreamAnswered(_ head: ResponseHead) {
        guard case .forwarding(let upstream) = state, let exchange, let geo = exchange.geo else { return }
        dropPendingHead()
        exchange.mayRepeat = false
        if let violation = geo.responseRules.violation(in: head) { return block(violation, from: upstream, geo: geo) }
        noteDroppedFields(of: head, geo: geo)
        exchange.status = head.status
        exchange.isAnswerStarted = true
        exchange.answerFraming = framing(of: head, isHTTP10: exchange.isHTTP10)
        exchange.keepAlive = exchange.keepAlive && exchange.isRequestComplete && !isDraining
        let writer = ResponseHeadWriter(framing: exchange.answerFraming, keepAlive: exchange.keepAlive)
        if case .stream(let stream) = link {
            stream.write(writer.http2Fields(of: head, id: exchange.id))
        } else {
            assemble { buffer in writer.write(head, id: exchange.id, to: &buffer) }
        }
        extendDeadline(loop.limits.idleTimeout)
    }

    private func noteDroppedFields(of head: ResponseHead, geo: RoutedGeo) {
        for field in head.fields where field.kind == .hopByHop || field.kind == .alternative {
            guard let dropped = DroppedField(field, of: head) else { continue }
            geo.metrics.dropped(dropped).add()
            guard geo.metrics.shouldLogDropped(dropped, at: loop.now) else { continue }
            loop.logger.warning(
                "field left out of an answer",
                metadata: ["geo": .string(geo.id.value), "field": .string(dropped.rawValue)])
        }
    }

    private func framing(of head: ResponseHead, isHTTP10: Bool) -> BodyFraming {
        switch head.framing {
        case .none, .length: head.framing
        case .chunked, .untilClose: isHTTP10 ? .untilClose : .chunked
        }
    }

    private func block(_ violation: ResponseRules.Violation, from upstream: UpstreamConnection, geo: RoutedGeo) {
        geo.metrics.violations(violation).add()
        loop.logger.error(
            "answer held back: it reaches into another geo",
            metadata: [
                "geo": .string(geo.id.value), "field": .string(violation.rawValue),
                "request_id": .stringConvertible(exchangeID),
            ])
        abandon(upstream, answering: .blockedResponse)
    }

    func upstreamSent(_ piece: ByteBuffer) {
        guard piece.readableBytes > 0, let exchange else { return }
        exchange.bytesOut += piece.readableBytes
        loop.metrics.bytesSent.add(piece.readableBytes)
        if case .stream(let stream) = link {
            stream.write(piece: piece)
        } else if exchange.answerFraming == .chunked {
            write(ChunkedBody.head(of: piece.readableBytes))
            write(piece)
            write(ChunkedBody.lineEnd)
        } else {
            write(piece)
        }
        extendDeadline(loop.limits.idleTimeout)
    }

    func upstreamFinished() {
        guard let exchange else { return }
        if case .stream(let stream) = link {
            stream.writeEnd()
        } else if exchange.answerFraming == .chunked {
            write(ChunkedBody.end)
        }
        flush()
        answerCompleted()
    }

    func upstreamPaused() { flush() }

    func upstreamWritabilityChanged(_ isWritable: Bool) {
        extendDeadline(loop.limits.idleTimeout)
        if isWritable { resumeReading() }
    }

    func upstreamFailed(_ failure: UpstreamFailure) {
        if failure == .disconnected, exchange?.mayRepeat == true { return repeatRequest() }
        loop.logger.warning(
            "exchange with node failed",
            metadata: ["failure": .string("\(failure)"), "request_id": .stringConvertible(exchangeID)])
        failed(with: .badGateway)
    }
}

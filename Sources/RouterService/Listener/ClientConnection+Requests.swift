import Geography
import NIOCore

/// The way of a request: routed, judged by the residency rules, and only then given to a node.
extension ClientConnection {
    func begin(_ head: RequestHead) {
        loop.metrics.requestsInFlight.add()
        let exchange = Exchange(id: loop.mintID(), head: head)
        // A stream ends with its answer; its connection tells the client that it ends.
        if isDraining || loop.isDraining, !isStream { exchange.keepAlive = false }
        self.exchange = exchange
        if let wait = overdraft(at: exchange.started) { return answer(.tooManyRequests(retryAfter: wait)) }
        guard let route = loop.routing.route(for: head.host) else { return answer(.misdirected) }
        exchange.routeClass = route.routeClass(of: head)
        guard served.permits(route.target) else {
            loop.metrics.refused(.otherAuthority).add()
            return answer(.misdirected)
        }
        if served == .redirected { return answer(redirect(head, id: exchange.id)) }
        switch route.target {
        case .chooser: answer(loop.routing.chooser.answer(to: head.targetText, method: head.method, id: exchange.id))
        case .geo(let geo):
            exchange.geo = geo
            if let problem = objection(to: head, for: geo) { return answer(problem) }
            pendingHead = loop.headBuffers.take()
            loop.routing.headWriter.write(head, id: exchange.id, client: client, to: &pendingHead)
            lease(from: geo.pool)
        }
    }

    /// Only what changes nothing is led on: a form or a password that came in plain text is not repeated.
    private func redirect(_ head: RequestHead, id: RequestID) -> OwnAnswer {
        guard head.method == .get || head.method == .head, let host = try? Hostname(authority: head.host) else {
            return OwnAnswer(.httpsOnly, id: id)
        }
        return OwnAnswer(permanentRedirect: loop.routing.plan.topology.origin(of: host.value) + head.targetText)
    }

    /// Refuses what could not be read.
    func refuse(_ reason: MalformedRequest) {
        loop.metrics.requestsInFlight.add()
        let exchange = Exchange(id: loop.mintID(), head: nil)
        self.exchange = exchange
        if let wait = overdraft(at: exchange.started) { return answer(.tooManyRequests(retryAfter: wait)) }
        answer(reason.problem)
    }

    /// After how many seconds the client may send more; nil where it may now.
    private func overdraft(at time: NIODeadline) -> Int? {
        guard let wait = loop.clients?.refusal(of: client.network, at: time) else { return nil }
        loop.metrics.clientRequestsRefused.add()
        return wait
    }

    /// Why a request may not go to a geo's node; nil where it may.
    private func objection(to head: RequestHead, for geo: RoutedGeo) -> Problem? {
        if let violation = geo.requestRules.violation(in: head) {
            geo.metrics.violations(violation.place).add()
            loop.logger.warning(
                "request refused: it carries something of another geo",
                metadata: [
                    "geo": .string(geo.id.value), "origin": .string(violation.origin.value),
                    "place": .string(violation.place.rawValue), "request_id": .stringConvertible(exchangeID),
                ])
            return .wrongGeo
        }
        if case .length(let bytes) = head.framing, bytes > loop.limits.bodyBytes { return .contentTooLarge }
        return nil
    }

    /// - Parameter fresh: whether only a new connection will do.
    private func lease(from pool: UpstreamPool, fresh: Bool = false) {
        state = .connecting
        suspendDeadline()
        switch pool.lease(for: self, fresh: fresh) {
        case .ready(let upstream): startForwarding(to: upstream)
        case .waiting: break
        case .unavailable(let shortage): upstreamUnavailable(shortage)
        }
    }

    func startForwarding(to upstream: UpstreamConnection) {
        guard let exchange, let link else { return }
        state = .forwarding(upstream)
        upstream.begin(self, isHead: exchange.isHead)
        upstream.write(pendingHead)
        if !exchange.mayRepeat { dropPendingHead() }
        needsUpstreamFlush = true
        if !isWritable { upstream.pauseReading() }
        if exchange.awaitsContinue {
            link.write(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
            link.flush()
        }
        extendDeadline(loop.limits.idleTimeout)
        if exchange.isRequestComplete { completeRequest(to: upstream) }
    }

    func dropPendingHead() {
        loop.headBuffers.giveBack(pendingHead)
        pendingHead = ByteBuffer()
    }

    func forward(_ piece: ByteBuffer, to upstream: UpstreamConnection) {
        guard piece.readableBytes > 0, let exchange else { return }
        guard exchange.bytesIn + piece.readableBytes <= loop.limits.bodyBytes else {
            return abandon(upstream, answering: .contentTooLarge)
        }
        exchange.bytesIn += piece.readableBytes
        loop.metrics.bytesReceived.add(piece.readableBytes)
        if exchange.isChunked {
            upstream.write(ChunkedBody.head(of: piece.readableBytes))
            upstream.write(piece)
            upstream.write(ChunkedBody.lineEnd)
        } else {
            upstream.write(piece)
        }
        needsUpstreamFlush = true
        extendDeadline(loop.limits.idleTimeout)
    }

    func completeRequest(to upstream: UpstreamConnection) {
        exchange?.isRequestComplete = true
        if exchange?.isChunked == true { upstream.write(ChunkedBody.end) }
        needsUpstreamFlush = false
        upstream.completeRequest()
        extendDeadline(loop.limits.upstreamResponseTimeout)
    }

    /// Sends a request again on a new connection, once, to a node of the same geo.
    func repeatRequest() {
        guard let geo = exchange?.geo else { return }
        exchange?.mayRepeat = false
        geo.metrics.retries.add()
        lease(from: geo.pool, fresh: true)
    }

    /// Gives up what the node works on, and tells the client why where that is still possible.
    func abandon(_ upstream: UpstreamConnection, answering problem: Problem) {
        upstream.cancel()
        failed(with: problem)
    }

    func failed(with problem: Problem) {
        guard exchange?.isAnswerStarted == true else { return answer(problem) }
        recordInterruption(status: problem.status)
        breakOff()
    }

    func forwardingTimedOut(_ upstream: UpstreamConnection) {
        let isClientLate = exchange?.isRequestComplete == false && upstream.isWritable
        guard !isClientLate else { return abandon(upstream, answering: .requestTimeout) }
        upstream.timeOut()
        failed(with: .gatewayTimeout)
    }

    var exchangeID: RequestID { exchange?.id ?? RequestID(high: 0, low: 0) }
}

import Geography
import NIOCore
import NIOHTTP1

/// The way of a request: screened, routed, judged by the residency rules, and only then given to a node.
extension ClientConnection {
    func begin(_ head: HTTPRequestHead) {
        loop.metrics.requestsInFlight.add()
        exchange = Exchange(id: loop.mintID(), head: head)
        do throws(Problem) {
            let request = try screen(head)
            guard let route = loop.route(for: request.host) else { throw .misdirected }
            exchange?.routeClass = route.routeClass(of: request.target)
            switch route.target {
            case .chooser: answer(loop.chooser.answer(to: request.target, method: head.method, id: exchangeID))
            case .geo(let geo, let index):
                try judge(request, for: geo, index: index)
                prepare(head, request)
                lease(from: loop.pools[index])
            }
        } catch {
            answer(error)
        }
    }

    /// Refuses what the decoder could not read. Nothing that comes after it on this connection can be trusted.
    func refuse(_ reason: MalformedRequest) {
        loop.metrics.requestsInFlight.add()
        exchange = Exchange(id: loop.mintID(), head: nil)
        answer(reason.problem)
    }

    private func screen(_ head: HTTPRequestHead) throws(Problem) -> ScreenedRequest {
        do throws(MalformedRequest) {
            let request = try ScreenedRequest(head)
            // The decoder reads nothing after a request that asks for an upgrade, which no node is asked for.
            let ends = request.connectionNames.contains("upgrade") || isDraining || loop.isDraining
            exchange?.keepAlive = request.keepAlive && !ends
            exchange?.awaitsContinue = request.expectsContinue
            exchange?.hasBody = request.framing != .none && request.framing != .length(0)
            exchange?.isChunked = request.framing == .chunked
            return request
        } catch {
            throw error.problem
        }
    }

    private func judge(_ request: ScreenedRequest, for geo: GeoID, index: Int) throws(Problem) {
        exchange?.geo = index
        if let violation = loop.requestRules.violation(in: request, for: geo) {
            loop.metrics.violations(geo: index, place: violation.place).add()
            loop.logger.warning(
                "request refused: it carries something of another geo",
                metadata: [
                    "geo": .string(geo.value), "origin": .string(violation.origin.value),
                    "place": .string(violation.place.rawValue), "request_id": .stringConvertible(exchangeID),
                ])
            throw .wrongGeo
        }
        if case .length(let bytes) = request.framing, bytes > loop.limits.bodyBytes { throw .contentTooLarge }
    }

    private func prepare(_ head: HTTPRequestHead, _ request: ScreenedRequest) {
        let id = exchangeID
        pendingHead = loop.writeHead { buffer in
            loop.headWriter.write(head, screened: request, id: id, client: client, to: &buffer)
        }
    }

    private func lease(from pool: UpstreamPool) {
        state = .connecting
        suspendDeadline()
        switch pool.lease(for: self) {
        case .ready(let upstream): startForwarding(to: upstream)
        case .connecting: break
        case .unavailable: upstreamUnavailable()
        }
    }

    func startForwarding(to upstream: UpstreamConnection) {
        guard let exchange, let context else { return }
        state = .forwarding(upstream)
        upstream.begin(self, isHead: exchange.isHead)
        upstream.write(pendingHead)
        pendingHead = ByteBuffer()
        needsUpstreamFlush = true
        if !context.channel.isWritable { upstream.pauseReading() }
        if exchange.awaitsContinue {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
        extendDeadline(loop.limits.idleTimeout)
    }

    func forward(_ piece: ByteBuffer, to upstream: UpstreamConnection) {
        guard piece.readableBytes > 0, let exchange else { return }
        guard exchange.bytesIn + piece.readableBytes <= loop.limits.bodyBytes else {
            return abandon(upstream, answering: .contentTooLarge)
        }
        self.exchange?.bytesIn += piece.readableBytes
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
        abandon(upstream, answering: isClientLate ? .requestTimeout : .gatewayTimeout)
    }

    var exchangeID: RequestID { exchange?.id ?? RequestID(high: 0, low: 0) }
}

import Accounts
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Asks providers over HTTP: at addresses that are allowed, without following redirects, with limits of size and time.
///
/// The host's addresses are looked up, checked, and then connected to, one after the other until one takes the connection; so a name that
/// resolves differently a moment later (DNS rebinding) gains nothing. The certificate has to be the host's.
public struct ProviderHTTP: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        /// Where it wants to send a browser.
        let location: String?
    }

    let rules: AddressRules
    let limits: ProviderLimits
    private let names: any NameResolution
    private let trustRoots: NIOSSLTrustRoots

    /// - Parameter trustRoots: whom certificates of providers may come from.
    public init(
        rules: AddressRules, limits: ProviderLimits, trustRoots: NIOSSLTrustRoots = .default,
        names: any NameResolution = SystemNameResolution()
    ) {
        self.rules = rules
        self.limits = limits
        self.trustRoots = trustRoots
        self.names = names
    }

    /// - Throws: ``ProviderFault``; any status but a redirection is an answer.
    func get(_ address: String, bearer: String? = nil) async throws -> Answer {
        let headers = [Self.acceptsJSON] + (bearer.map { [("authorization", "Bearer \($0)")] } ?? [])
        return try Self.staying(await ask(ProviderAddress(address, rules: rules), .GET, headers, nil))
    }

    /// What a browser would see there; a redirection is an answer, and is not followed.
    func page(_ address: String) async throws -> Answer {
        try await ask(ProviderAddress(address, rules: rules), .GET, [("accept", "text/html, */*;q=0.8")], nil)
    }

    func post(_ address: String, form: String, authorization: String?) async throws -> Answer {
        let headers =
            [Self.acceptsJSON, ("content-type", "application/x-www-form-urlencoded")]
            + (authorization.map { [("authorization", $0)] } ?? [])
        return try Self.staying(await ask(ProviderAddress(address, rules: rules), .POST, headers, form))
    }

    private static let acceptsJSON = ("accept", "application/json")

    private static func staying(_ answer: Answer) throws(ProviderFault) -> Answer {
        guard !(300..<400).contains(answer.status) else { throw .redirected }
        return answer
    }

    private func ask(
        _ address: ProviderAddress, _ method: HTTPMethod, _ headers: [(String, String)], _ body: String?
    ) async throws -> Answer {
        var targets = try await checkedTargets(of: address).prefix(limits.triedAddresses)
        let end = ContinuousClock.now + limits.timeout
        while let target = targets.popFirst() {
            let left = max(.zero, end - .now)
            let http = client(
                for: address, at: target, connectingWithin: targets.isEmpty ? left : min(left, limits.connectTimeout))
            do {
                let answer = try await exchange(address, method, headers, body, over: http, within: left)
                try await http.shutdown()
                return answer
            } catch {
                try await http.shutdown()
                // What was not connected to has seen nothing of the request.
                guard Self.isUnconnected(error), !targets.isEmpty else { throw Self.fault(of: error) }
            }
        }
        throw ProviderFault.unreachable
    }

    private func client(
        for address: ProviderAddress, at target: String, connectingWithin limit: Duration
    ) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = trustRoots
        tls.minimumTLSVersion = .tlsv12
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.dnsOverride = [address.host: target]
        configuration.timeout.connect = .nanoseconds(limit.nanoseconds)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
    }

    private func exchange(
        _ address: ProviderAddress, _ method: HTTPMethod, _ headers: [(String, String)], _ body: String?, over http: HTTPClient,
        within limit: Duration
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: address.text)
        request.method = method
        request.headers.add(name: "user-agent", value: "portolan")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await http.execute(request, timeout: .nanoseconds(limit.nanoseconds))
        do {
            let bytes = try await response.body.collect(upTo: limits.answerBytes)
            return Answer(
                status: Int(response.status.code), body: Array(bytes.readableBytesView),
                location: response.headers.first(name: "location"))
        } catch is NIOTooManyBytesError {
            throw ProviderFault.tooLarge
        }
    }

    /// The host's addresses; none where any of them is not allowed.
    private func checkedTargets(of address: ProviderAddress) async throws -> [String] {
        let found = try await names.addresses(of: address.host, port: address.port)
        guard !found.isEmpty else { throw ProviderFault.unresolvable }
        guard found.allSatisfy(rules.allows), address.isSecure || found.allSatisfy(AddressRules.isLoopback) else {
            throw ProviderFault.addressNotAllowed
        }
        return found
    }

    /// Whether another address may do better: this one took no connection.
    private static func isUnconnected(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError: true
        case let error as HTTPClientError: error == .connectTimeout
        case ChannelError.connectTimeout: true
        case let error as IOError:
            [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN, ETIMEDOUT, EADDRNOTAVAIL, EAFNOSUPPORT]
                .contains(error.errnoCode)
        default: false
        }
    }

    private static func fault(of error: any Error) -> ProviderFault {
        switch error {
        case let fault as ProviderFault: fault
        case let error as HTTPClientError where isTimeout(error): .tooSlow
        case ChannelError.connectTimeout: .tooSlow
        default: .unreachable
        }
    }

    private static func isTimeout(_ error: HTTPClientError) -> Bool {
        [.deadlineExceeded, .connectTimeout, .readTimeout, .getConnectionFromPoolTimeout, .cancelled].contains(error)
    }
}

extension Duration {
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

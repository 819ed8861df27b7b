import Foundation
import Geography
import ManagementClient
import Synchronization

/// Several nodes and a router on this machine, as processes of their own, with a portal in each geo.
///
/// ```swift
/// let cluster = try LocalCluster(options, makeToken: makeToken, report: { print($0) })
/// let description = try await cluster.start()
/// …
/// await cluster.stop()
/// ```
public final class LocalCluster: Sendable {
    /// How long a process may take from its start to its readiness.
    static let startLimit = Duration.seconds(60)
    /// How long a process may take to stop before it is killed.
    static let stopLimit = Duration.seconds(15)
    /// How often the certificates inside are renewed; they live seven days.
    static let renewalInterval = Duration.seconds(12 * 3600)
    static let adminEmail = "admin@example.com"

    /// Makes the first admin token of the geo whose `node.yaml` this is.
    public typealias TokenMaker = @Sendable (_ nodeConfiguration: String, _ email: String) async throws -> String

    private let options: ClusterOptions
    private let folder: ClusterFolder
    private let ports: ClusterPorts
    private let makeToken: TokenMaker
    private let report: @Sendable (String) -> Void
    private let children = ClusterChildren()
    private let renewal = Mutex<Task<Void, Never>?>(nil)

    /// Takes the ports and writes the configuration; starts nothing.
    ///
    /// - Parameters:
    ///   - makeToken: makes an admin token of a geo whose node does not run yet.
    ///   - report: is told each step in words.
    /// - Throws: ``ClusterError``.
    public init(
        _ options: ClusterOptions, makeToken: @escaping TokenMaker, report: @escaping @Sendable (String) -> Void
    ) throws {
        self.options = options
        self.makeToken = makeToken
        self.report = report
        folder = try ClusterFolder(options.folder, empties: options.emptiesFolder)
        ports = try ClusterPorts(options)
        try folder.configure(options, ports: ports)
    }

    /// Starts every process, waits until all are ready, and makes what is missing: tokens, portals, sample APIs.
    ///
    /// - Throws: ``ClusterError``; what was started is stopped before.
    public func start() async throws -> ClusterDescription {
        do {
            return try await startAll()
        } catch {
            await stop()
            throw error
        }
    }

    /// Stops every process, and waits for its end.
    public func stop() async {
        renewal.withLock { $0?.cancel() }
        await children.stopAll(within: Self.stopLimit)
    }

    /// Renews the certificates as long as the cluster runs.
    private func renewCertificates() {
        guard !options.isPlainInside else { return }
        let (folder, report) = (folder, report)
        let task = Task {
            while (try? await Task.sleep(for: Self.renewalInterval)) != nil {
                do { try folder.issueCertificates() } catch { report("the certificates could not be renewed: \(error)") }
            }
        }
        renewal.withLock { $0 = task }
    }

    private func startAll() async throws -> ClusterDescription {
        var tokens: [String: String] = [:]
        for geo in options.geos { tokens[geo] = try await token(of: geo) }
        for (index, geo) in options.geos.enumerated() {
            try launch("node-\(geo)", executable: "portolan-node", configuration: folder.nodeConfiguration(of: geo))
            report("started the node of \(geo) at 127.0.0.1:\(ports.nodes[index].service.port)")
        }
        for (index, geo) in options.geos.enumerated() {
            try await wait(for: "node-\(geo)", ReadinessProbe(adminPort: ports.nodes[index].admin.port))
        }
        try launch("router", executable: "portolan-router", configuration: folder.file("router.yaml"))
        report("started the router at 127.0.0.1:\(ports.router.service.port)")
        try await wait(for: "router", ReadinessProbe(adminPort: ports.router.admin.port))
        for geo in options.geos { try await wait(for: "router", ReadinessProbe(api: url("\(geo).api.localhost"))) }
        report("all \(options.geos.count + 1) processes are ready")
        renewCertificates()
        var geos: [String: ClusterDescription.Geo] = [:]
        for (index, geo) in options.geos.enumerated() {
            geos[geo] = try await furnish(geo, index: index, token: tokens[geo] ?? "")
        }
        return ClusterDescription(
            router: try process("router", ports.router), chooserUrl: url("portal.localhost"), geos: geos, folder: folder.path)
    }

    /// The token of an earlier run, or a new one.
    private func token(of geo: String) async throws -> String {
        if let token = folder.token(of: geo) { return token }
        do {
            let token = try await makeToken(folder.nodeConfiguration(of: geo), Self.adminEmail)
            try folder.write(token: token, of: geo)
            return token
        } catch {
            throw ClusterError.stepFailed(geo: geo, step: "making the admin token", reason: "\(error)")
        }
    }

    private func launch(_ name: String, executable: String, configuration: String) throws {
        let report = report
        let log = folder.log(of: name)
        let child = try ClusterChild(
            name: name, command: ["\(options.binaries)/\(executable)", "--config", configuration], log: log,
            onDeath: { name, status in report("\(name) has ended with status \(status); its log is \(log)") })
        children.add(child)
    }

    private func wait(for name: String, _ probe: ReadinessProbe) async throws {
        let deadline = ContinuousClock.now + Self.startLimit
        while await !probe.isReady() {
            guard children.isRunning(name), ContinuousClock.now < deadline else {
                throw ClusterError.notReady(process: name, log: folder.tail(of: name))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Makes the geo's portal and its APIs where they are missing, through the router, as an operator would.
    private func furnish(_ geo: String, index: Int, token: String) async throws -> ClusterDescription.Geo {
        let apiURL = url("\(geo).api.localhost")
        let portal: RemotePortal
        do {
            portal = try await portalWithAPIs(ManagementClient(api: apiURL, token: token))
        } catch {
            throw ClusterError.stepFailed(geo: geo, step: "making the portal", reason: "\(error)")
        }
        let portalURL = url(portal.canonicalDomain)
        report("the portal of \(geo) is \(portalURL)")
        let node = try process("node-\(geo)", ports.nodes[index])
        return ClusterDescription.Geo(
            number: index + 1, portalUrl: portalURL, portalId: portal.id, apiUrl: apiURL,
            consoleUrl: url("\(geo).console.localhost"), mailboxUrl: "\(portalURL)/dev/mailbox",
            maildir: "\(folder.data(of: geo))/mail", adminToken: token,
            node: .init(
                address: node.address, adminAddress: node.adminAddress, pid: node.pid, command: node.command, log: node.log,
                data: folder.data(of: geo)))
    }

    private func portalWithAPIs(_ client: ManagementClient) async throws -> RemotePortal {
        if let portal = try await client.portals().first(where: { $0.name == options.portal }) { return portal }
        let portal = try await client.createPortal(
            name: options.portal, displayName: "\(options.portal.capitalized) Developer Portal", autoApprove: options.autoApprove)
        guard options.publishesSampleAPIs else { return portal }
        for api in SampleAPI.all {
            let made = try await client.createAPI(
                name: api.name, version: api.version, description: api.description, document: api.document)
            _ = try await client.publish(made.id, to: portal.id, visibility: api.visibility)
        }
        return portal
    }

    private func process(_ name: String, _ ports: ClusterPorts.Pair) throws -> ClusterDescription.Process {
        guard let child = children.child(name) else {
            throw ClusterError.notReady(process: name, log: folder.tail(of: name))
        }
        return ClusterDescription.Process(
            address: "127.0.0.1:\(ports.service.port)", adminAddress: "127.0.0.1:\(ports.admin.port)", pid: child.pid,
            command: child.command, log: child.log)
    }

    private func url(_ host: String) -> String { "http://\(host):\(ports.router.service.port)" }
}

import Certificates
import Foundation
import Geography

/// The folder of a local cluster: who is in it, and the files that the processes read.
struct ClusterFolder: Sendable {
    /// Tells a folder of ours from anything else, so that `--reset` removes nothing else.
    private static let marker = ".portolan-cluster"

    let path: String
    private let lock: ClusterFolderLock

    /// Makes the folder, or takes one that is ours and in which no other cluster runs.
    ///
    /// - Parameter empties: whether what an earlier cluster left in it goes first.
    /// - Throws: ``ClusterError/notOurFolder(_:)`` for a folder with other things in it; ``ClusterError/folderInUse(_:)``.
    init(_ path: String, empties: Bool) throws {
        let path = URL(fileURLWithPath: path).standardizedFileURL.path
        let manager = FileManager.default
        let entries = (try? manager.contentsOfDirectory(atPath: path)) ?? []
        guard entries.isEmpty || entries.contains(Self.marker) else { throw ClusterError.notOurFolder(path) }
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        lock = try ClusterFolderLock(
            "\(path)/\(Self.marker)", saying: "A local cluster of portolanctl. `cluster up --reset` empties this folder.\n")
        self.path = path
        if empties {
            for entry in entries where entry != Self.marker { try manager.removeItem(atPath: file(entry)) }
        }
        try manager.createDirectory(atPath: file("logs"), withIntermediateDirectories: true)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func log(of process: String) -> String { file("logs/\(process).log") }

    func data(of geo: String) -> String { file("\(geo)/data") }

    func nodeConfiguration(of geo: String) -> String { file("\(geo)/node.yaml") }

    /// The admin token of an earlier run; nil where there is none.
    func token(of geo: String) -> String? {
        guard FileManager.default.fileExists(atPath: data(of: geo)),
            let text = try? String(contentsOfFile: tokenFile(of: geo), encoding: .utf8)
        else { return nil }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Keeps a token for the next run, readable by the owner alone.
    func write(token: String, of geo: String) throws {
        let path = tokenFile(of: geo)
        try? FileManager.default.removeItem(atPath: path)
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data("\(token)\n".utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw ClusterError.folderNotWritable(path) }
    }

    private func tokenFile(of geo: String) -> String { file("\(geo)/admin.token") }

    /// Writes what the processes read; data and tokens stay as they are.
    func configure(_ options: ClusterOptions, ports: ClusterPorts) throws {
        try write("topology.yaml", Self.topology(options, ports: ports))
        for geo in options.geos {
            try FileManager.default.createDirectory(atPath: file(geo), withIntermediateDirectories: true)
            try write("\(geo)/node.yaml", Self.node(geo, options, ports: ports))
        }
        try write(
            "router.yaml",
            """
            topology: topology.yaml
            listen: 127.0.0.1:\(ports.router.service.port)
            admin_listen: 127.0.0.1:\(ports.router.admin.port)
            # Everybody here has one address.
            limits: {client_requests_per_second: 0, client_connections: 0}
            \(Self.identity("router", in: "identity", options))
            """)
        if !options.isPlainInside { try issueCertificates() }
    }

    /// Makes all certificates inside anew; the authority stays where there is one.
    func issueCertificates() throws {
        let certificates = CertificateFolder(file("identity"))
        if !FileManager.default.fileExists(atPath: certificates.file("ca")) { try certificates.initialize() }
        let text = try String(contentsOfFile: file("topology.yaml"), encoding: .utf8)
        let topology = try Topology(yaml: text, named: file("topology.yaml"))
        for purpose in LeafPurpose.all(of: topology) where purpose.isInside {
            try certificates.issue(purpose, in: topology)
        }
    }

    private static func identity(_ name: String, in folder: String, _ options: ClusterOptions) -> String {
        if options.isPlainInside { return "" }
        return """
            identity:
              certificate: \(folder)/\(name).pem
              key: \(folder)/\(name)-key.pem
              authority: \(folder)/ca.pem

            """
    }

    /// The end of a process's log, for the message when it does not start.
    func tail(of process: String, lines: Int = 12) -> String {
        let text = (try? String(contentsOfFile: log(of: process), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(lines).map { "  \($0)" }.joined(separator: "\n")
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)), options: .atomic)
    }

    private static func topology(_ options: ClusterOptions, ports: ClusterPorts) -> String {
        let geos = options.geos.enumerated().map { index, geo in
            """
              - id: \(geo)
                number: \(index + 1)
                name: \(ClusterOptions.names[geo] ?? geo)
                nodes:
                  - address: 127.0.0.1:\(ports.nodes[index].service.port)
                    admin: 127.0.0.1:\(ports.nodes[index].admin.port)
            """
        }
        return """
            domain: localhost
            public:
              scheme: http
              port: \(ports.router.service.port)
            geos:
            \(geos.joined(separator: "\n"))

            """
    }

    private static func node(_ geo: String, _ options: ClusterOptions, ports: ClusterPorts) -> String {
        let index = options.geos.firstIndex(of: geo) ?? 0
        let cost = options.scryptLogN.map { "passwords:\n  scrypt_log_n: \($0)\n" } ?? ""
        return """
            geo: \(geo)
            topology: ../topology.yaml
            listen: 127.0.0.1:\(ports.nodes[index].service.port)
            admin_listen: 127.0.0.1:\(ports.nodes[index].admin.port)
            data: data
            mail:
              transport: maildir
              from: "Developer Portal <no-reply@\(geo).portal.localhost>"
            single_sign_on:
              allow_loopback: true
            \(cost)\(identity("geo-\(geo)", in: "../identity", options))
            """
    }
}

/// The ports of a cluster, reserved while this value lives.
struct ClusterPorts: Sendable {
    struct Pair: Sendable {
        let service: PortReservation
        let admin: PortReservation
    }

    let router: Pair
    let nodes: [Pair]

    init(_ options: ClusterOptions) throws {
        func pair(_ port: Int?, adminOffset: Int) throws -> Pair {
            Pair(
                service: try PortReservation(port ?? 0), admin: try PortReservation(port.map { $0 + adminOffset } ?? 0))
        }
        let firstNode = options.port == nil ? nil : options.nodePort
        router = try pair(options.port, adminOffset: 1)
        nodes = try options.geos.indices.map { index in
            try pair(firstNode.map { $0 + index }, adminOffset: ClusterOptions.adminPortDistance)
        }
    }
}

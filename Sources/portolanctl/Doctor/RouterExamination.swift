import Certificates
import Foundation
import Geography
import Logging
import NodeService
import RouterService
import ServiceIdentity
import ServiceMetrics

/// Looks at everything that a router needs, and changes nothing.
enum RouterExamination {
    static func findings(configurationFile path: String) async -> [Finding] {
        let configuration: RouterConfiguration
        do {
            configuration = try RouterConfiguration(contentsOf: path)
        } catch {
            return [.problem("configuration", "\(error)", remedy: "correct it; see docs/configuration.md")]
        }
        let topology = configuration.topology
        var findings = [
            Finding.right("configuration", "\(path): a router for \(topology.geos.map(\.id.value).joined(separator: ", "))")
        ]
        findings += identity(configuration)
        findings += certificates(configuration)
        findings += [
            MachineExamination.clock(),
            MachineExamination.descriptors(ofRunning: await descriptorLimit(at: configuration.adminListen)),
        ]
        let hosts = topology.geos.flatMap { MachineExamination.hosts(of: $0.id, in: topology) }
        findings.append(MachineExamination.names([topology.chooserHost] + hosts))
        for geo in topology.geos { findings.append(await nodes(of: geo)) }
        return findings
    }

    /// How many descriptors a process may open, by its own word; nil where none answers there.
    static func descriptorLimit(at endpoint: SocketEndpoint?) async -> Int? {
        guard let endpoint, let page = try? await AdminPage.get("/metrics", at: endpoint) else { return nil }
        return MetricsReading(page.body).value("process_max_fds").map { Int($0) }
    }

    private static func identity(_ configuration: RouterConfiguration) -> [Finding] {
        guard let settings = configuration.identity else {
            return [
                .warning(
                    "identity", "router and nodes speak plain TCP",
                    remedy: "portolanctl certificates issue router, and the section `identity` in router.yaml")
            ]
        }
        let own = SPIFFEID(trustDomain: configuration.topology.trustDomain, role: .router)
        do {
            let identity = try ServiceIdentity(
                settings, own: own, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
            let until = Date(timeIntervalSince1970: TimeInterval(identity.expires))
            return [
                MachineExamination.validity(
                    "identity", "the certificate of \(own)", from: nil, until: until,
                    remedy: "portolanctl certificates rotate, every day")
            ]
        } catch {
            return [.problem("identity", "\(error)", remedy: "portolanctl certificates issue router")]
        }
    }

    private static func certificates(_ configuration: RouterConfiguration) -> [Finding] {
        guard let tls = configuration.tls else { return [] }
        var findings: [Finding] = []
        for geo in configuration.topology.geos {
            guard case .decrypt(let pair)? = tls.geos[geo.id] else { continue }
            let hosts = MachineExamination.hosts(of: geo.id, in: configuration.topology)
            findings += certificate(pair, of: geo.id.value, hosts: hosts)
        }
        if let pair = tls.chooser {
            findings += certificate(pair, of: "the chooser", hosts: [configuration.topology.chooserHost])
        }
        return findings
    }

    private static func certificate(_ pair: TLSSettings.KeyPair, of owner: String, hosts: [String]) -> [Finding] {
        let renewal = "renew it where it was issued; the router reads it again by itself"
        do {
            let file = try CertificateFile(pair.certificate)
            let missing = hosts.filter { !file.proves($0) }
            let validity = MachineExamination.validity(
                "certificates", "the certificate of \(owner)", from: file.validFrom, until: file.validUntil, remedy: renewal)
            let key = MachineExamination.secret(pair.key, "the key of \(owner)")
            guard missing.isEmpty else {
                return [
                    validity, key,
                    .problem(
                        "certificates", "the certificate of \(owner) does not name \(missing.joined(separator: ", "))",
                        remedy: "issue one that does"),
                ]
            }
            return [validity, key]
        } catch {
            return [.problem("certificates", "\(error)", remedy: renewal)]
        }
    }

    private static func nodes(of geo: Geo) async -> Finding {
        var lost: [String] = []
        for node in geo.nodes {
            guard let admin = node.admin else { continue }
            do {
                let page = try await AdminPage.get("/readyz", at: admin)
                if page.status != 200 { lost.append("\(node.service): \(page.status) at \(admin)/readyz") }
            } catch {
                lost.append("\(node.service): \(AdminPage.explain(error)) at \(admin)")
            }
        }
        guard lost.isEmpty else {
            return .problem(
                "nodes", "\(geo.id): \(lost.joined(separator: ", "))",
                remedy: "on that machine: portolanctl doctor --config node.yaml")
        }
        return .right("nodes", "\(geo.id): \(geo.nodes.count) ready")
    }
}

import Accounts
import Backups
import ConfigurationFiles
import Foundation
import Geography
import Logging
import Mail
import SQLiteStore
import ServiceIdentity

/// Looks at everything that a geo's node needs, changes nothing, and says what to do.
public struct NodeExamination: Sendable {
    /// Below which share of the disk there is not much room left.
    static let leastFreeShare = 0.1
    /// After which a backup is an old one.
    static let oldestBackup: TimeInterval = 2 * 86_400

    let configuration: NodeConfiguration

    /// - Parameters:
    ///   - path: of the geo's `node.yaml`.
    ///   - limit: asks the node that runs, at its `admin_listen`, how many descriptors it may open; nil where none answers.
    public static func findings(
        configurationFile path: String, limitAt limit: (SocketEndpoint) async -> Int? = { _ in nil }
    ) async -> [Finding] {
        let configuration: NodeConfiguration
        do {
            configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        } catch {
            return [.problem("configuration", "\(error)", remedy: "correct it; see docs/configuration.md")]
        }
        let examination = NodeExamination(configuration: configuration)
        var findings = [Finding.right("configuration", "\(path): a node of the geo \(configuration.geo.id)")]
        findings += examination.folder() + examination.password() + examination.identity()
        findings += [
            MachineExamination.clock(), MachineExamination.descriptors(ofRunning: await limit(configuration.adminListen)),
            examination.names(),
        ]
        findings += await examination.store()
        findings.append(examination.backup())
        findings.append(await examination.mail())
        return findings
    }

    private func folder() -> [Finding] {
        let path = configuration.dataFolder
        var status = stat()
        guard stat(path, &status) == 0 else {
            return [.warning("files", "there is no data folder at \(path) yet", remedy: "the node makes it at its first start")]
        }
        guard status.st_uid == geteuid() else {
            let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(status.st_uid)"
            return [
                .problem("files", "the data folder \(path) is that of \(owner)", remedy: "run this as \(owner), as the node does")
            ]
        }
        guard status.st_mode & 0o077 == 0 else {
            return [.problem("files", "the data folder \(path) is open to others", remedy: "chmod 700 \(path)")]
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let secrets = names.filter { $0.hasPrefix("store.sqlite") || $0 == "outbox.key" }.sorted()
        let open = secrets.map { MachineExamination.secret("\(path)/\($0)", $0) }.filter { $0.verdict != .right }
        return open.isEmpty ? [.right("files", "the data folder and its files are for their owner alone")] : open
    }

    private func identity() -> [Finding] {
        guard let settings = configuration.identity else {
            return [
                .warning(
                    "identity", "router and node speak plain TCP",
                    remedy: "portolanctl certificates issue node \(configuration.geo.id), and the section `identity` in node.yaml"
                )
            ]
        }
        let own = SPIFFEID(trustDomain: configuration.topology.trustDomain, role: .node(configuration.geo.id))
        do {
            let identity = try ServiceIdentity(
                settings, own: own, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
            return [
                MachineExamination.validity(
                    "identity", "the certificate of \(own)", from: nil,
                    until: Date(timeIntervalSince1970: TimeInterval(identity.expires)),
                    remedy: "portolanctl certificates rotate, every day")
            ]
        } catch {
            return [
                .problem(
                    "identity", "\(error)",
                    remedy: "what the message says, or a new one: portolanctl certificates issue node \(configuration.geo.id)")
            ]
        }
    }

    private func names() -> Finding {
        MachineExamination.names(MachineExamination.hosts(of: configuration.geo.id, in: configuration.topology))
    }

    private func store() async -> [Finding] {
        guard SQLiteStore.isThere(in: configuration.dataFolder) else {
            return [.warning("store", "there is none yet", remedy: "start the node, or restore a backup")]
        }
        do {
            let summary = try StoreSummary(of: configuration.dataFolder, geo: configuration.geo)
            var findings = [Finding.right("store", summary.text)]
            if summary.newestEntry > SystemClock().now.adding(.seconds(60)) {
                findings.append(
                    .problem(
                        "clock", "the audit log has an entry of \(summary.newestEntry.iso8601), which is still to come",
                        remedy: "set this machine's clock; what was issued meanwhile may end early"))
            }
            let free = Double(summary.freeBytes) / Double(max(1, summary.diskBytes))
            if free < Self.leastFreeShare || summary.freeBytes < 2 * summary.storeBytes {
                findings.append(
                    .warning(
                        "disk",
                        "\(summary.freeBytes / 1_000_000) MB are free, for a store of \(summary.storeBytes / 1_000_000) MB",
                        remedy: "make room: a backup needs as much again as the store"))
            } else {
                findings.append(.right("disk", "\(summary.freeBytes / 1_000_000) MB are free"))
            }
            return findings
        } catch {
            return [.problem("store", "\(error)", remedy: "see the message; docs/operating.md, \"Restore\"")]
        }
    }

    private func backup() -> Finding {
        guard let path = configuration.backupRecipient else {
            return .warning(
                "backup", "none are made", remedy: "portolanctl backup-key create, and `backup.recipient` in node.yaml")
        }
        do {
            try BackupRecipient(file: path).check(against: configuration.geo)
        } catch {
            return .problem("backup", "\(error)", remedy: "portolanctl backup-key create for this geo")
        }
        guard let last = SQLiteStore.lastBackup(of: configuration.dataFolder) else {
            return .warning(
                "backup", "none was made yet", remedy: "systemctl enable --now portolan-backup@\(configuration.geo.id).timer")
        }
        guard -last.timeIntervalSinceNow < Self.oldestBackup else {
            return .warning(
                "backup", "the last one is of \(last.formatted(.iso8601))",
                remedy: "systemctl status portolan-backup@\(configuration.geo.id)")
        }
        return .right("backup", "the last one is of \(last.formatted(.iso8601))")
    }

    /// The password of the mail server, where it stands in a file.
    private func password() -> [Finding] {
        guard case .smtp(let settings) = configuration.mail.transport, let path = settings.credentials?.passwordFile else {
            return []
        }
        let finding = MachineExamination.secret(path, "the mail server's password")
        return finding.verdict == .right ? [] : [finding]
    }

    private func mail() async -> Finding {
        switch configuration.mail.transport {
        case .maildir:
            return .warning("mail", "mails go into a folder", remedy: "`mail.transport: smtp`, before anybody else signs up")
        case .smtp(let settings):
            do {
                try await SMTPTransport.probe(settings)
                return .right("mail", "\(settings.host):\(settings.port) lets this node in")
            } catch {
                return .problem(
                    "mail", "\(settings.host):\(settings.port): \(error)",
                    remedy: "check host, port, security, username and password of `mail.smtp`, and the way there")
            }
        }
    }
}

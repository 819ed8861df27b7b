import ConfigurationFiles
import Geography
import Logging
import NIOSSL
import Synchronization

/// The certificates of the geos that this router decrypts. Files that change are read again, for new connections.
final class ServerCertificates: Sendable {
    /// Whom a certificate speaks for.
    enum Owner: Hashable, CustomStringConvertible {
        case geo(GeoID)
        case chooser

        var description: String {
            switch self {
            case .geo(let id): id.value
            case .chooser: "chooser"
            }
        }
    }

    private struct Entry {
        let pair: TLSSettings.KeyPair
        let names: [String]
        var loaded: LoadedCertificate
        /// Files that could not be used, so that each is complained about once.
        var refused: LoadedCertificate.Files?
    }

    private let minimumVersion: TLSSettings.Version
    private let entries: Mutex<[Owner: Entry]>

    /// - Throws: `ConfigurationError` naming the file that cannot be used.
    init(_ settings: TLSSettings, topology: Topology) throws(ConfigurationError) {
        minimumVersion = settings.minimumVersion
        var entries: [Owner: Entry] = [:]
        for geo in topology.geos {
            guard case .decrypt(let pair) = settings.geos[geo.id] else { continue }
            entries[.geo(geo.id)] = try Self.entry(pair, names: topology.publicHosts(of: geo.id), settings.minimumVersion)
        }
        if let pair = settings.chooser {
            entries[.chooser] = try Self.entry(pair, names: [topology.chooserHost], settings.minimumVersion)
        }
        self.entries = Mutex(entries)
    }

    private static func entry(
        _ pair: TLSSettings.KeyPair, names: [String], _ version: TLSSettings.Version
    ) throws(ConfigurationError) -> Entry {
        let loaded = try LoadedCertificate(pair, files: .init(pair), covering: names, minimumVersion: version)
        return Entry(pair: pair, names: names, loaded: loaded)
    }

    func context(for owner: Owner) -> NIOSSLContext? { entries.withLock { $0[owner]?.loaded.context } }

    /// When each certificate ends, in seconds since 1970.
    var expirations: [(owner: String, seconds: Int)] {
        entries.withLock { entries in entries.map { ("\($0)", $1.loaded.expires) } }.sorted { $0.owner < $1.owner }
    }

    /// What an operator should know, one sentence each.
    var warnings: [String] {
        entries.withLock { entries in
            entries.compactMap { owner, entry in
                let missing = entry.loaded.missingNames
                return missing.isEmpty ? nil : "the certificate of \(owner) does not cover \(missing.joined(separator: ", "))"
            }.sorted()
        }
    }

    private static let interval = Duration.seconds(10)

    /// Looks every ten seconds whether certificates were renewed, until the task is cancelled.
    func watch(logger: Logger) async {
        while (try? await Task.sleep(for: Self.interval)) != nil { reload(logger: logger) }
    }

    /// Reads what changed. A pair that cannot be used leaves the old one in place.
    func reload(logger: Logger) {
        let pairs = entries.withLock { $0.mapValues { (pair: $0.pair, names: $0.names) } }
        for (owner, (pair, names)) in pairs {
            let files = LoadedCertificate.Files(pair)
            let isKnown = entries.withLock { $0[owner].map { $0.loaded.files == files || $0.refused == files } ?? true }
            guard !isKnown else { continue }
            do throws(ConfigurationError) {
                let loaded = try LoadedCertificate(pair, files: files, covering: names, minimumVersion: minimumVersion)
                entries.withLock { $0[owner]?.loaded = loaded }
                entries.withLock { $0[owner]?.refused = nil }
                logger.info("certificate read again", metadata: ["geo": .string("\(owner)")])
            } catch {
                entries.withLock { $0[owner]?.refused = files }
                logger.error(
                    "changed certificate cannot be used; the one before stays in use",
                    metadata: ["geo": .string("\(owner)"), "reason": .string("\(error)")])
            }
        }
    }
}

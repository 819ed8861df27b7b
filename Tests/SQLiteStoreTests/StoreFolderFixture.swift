import Accounts
import Foundation
import Geography
import SQLiteStore

/// A data folder for one test, removed when the test lets go of it.
final class StoreFolderFixture: Sendable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-store-\(UUID().uuidString)").path

    var store: String { "\(path)/store.sqlite" }
    var log: String { "\(path)/store.sqlite-wal" }
    var outboxKey: String { "\(path)/outbox.key" }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(
        as geo: Geo = Geo.eu, use: SQLiteStore.Use = .serving, limits: SQLiteStore.Limits = .init()
    ) throws -> SQLiteStore {
        try SQLiteStore.open(
            at: path, geo: geo, use: use, limits: limits, logger: StoreFixtures.logger)
    }

    /// What the error says that opening throws; nil where it opens.
    func refusal(as geo: Geo = Geo.eu, use: SQLiteStore.Use = .serving) -> SQLiteStoreError? {
        do {
            _ = try open(as: geo, use: use)
            return nil
        } catch { return error as? SQLiteStoreError }
    }

    /// Whether any of the folder's files holds these bytes.
    func contains(_ bytes: Data) -> Bool {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.contains { file in
            FileManager.default.contents(atPath: "\(path)/\(file)")?.range(of: bytes) != nil
        }
    }

    func contains(_ text: String) -> Bool { contains(Data(text.utf8)) }

    func size(of file: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    }

    func mode(of file: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int ?? -1
    }
}

extension Geo {
    static let eu = make("eu", 1)
    static let us = make("us", 2)

    static func make(_ id: String, _ number: Int) -> Geo {
        let address = NodeAddress(service: SocketEndpoint(host: "127.0.0.1", port: 9101), admin: nil)
        return Geo(id: try! GeoID(id), number: try! GeoNumber(number), name: id, nodes: [address])
    }
}

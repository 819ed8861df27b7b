import Foundation
import Geography

/// What a backup says of itself without its key. Every byte of it is authenticated: it is part of what the encryption is bound to.
public struct BackupHeader: Codable, Hashable, Sendable {
    public let geo: String
    public let geoNumber: Int
    /// RFC 3339, in whole seconds.
    public let madeAt: String
    /// The version of the program that made it.
    public let version: String
    /// The migrations of the store.
    public let schema: [String]
    /// Of the key that opens it; see ``BackupRecipient/id``.
    public let key: String
    public let storeBytes: Int
    /// SHA-256 of the snapshot before it was encrypted, in hexadecimal.
    public let storeHash: String
    public let outboxKeyBytes: Int

    /// The most bytes of a header in a file.
    static let maximumBytes = 64 * 1024
    /// More than a SQLite file can have; a longer one is nobody's backup.
    static let maximumContent = 1 << 48

    public init(
        recipient: BackupRecipient, madeAt: Date, version: String, schema: [String], storeBytes: Int, storeHash: String,
        outboxKeyBytes: Int
    ) {
        geo = recipient.geo.value
        geoNumber = Int(recipient.number.value)
        self.madeAt = madeAt.formatted(.iso8601)
        self.version = version
        self.schema = schema
        key = recipient.id
        self.storeBytes = storeBytes
        self.storeHash = storeHash
        self.outboxKeyBytes = outboxKeyBytes
    }

    public var geoName: String { "\(geo) (number \(geoNumber))" }

    /// Store and outbox key, one after the other.
    var contentBytes: Int { storeBytes + outboxKeyBytes }

    var isPossible: Bool {
        (1...Self.maximumContent).contains(storeBytes) && (1...1024).contains(outboxKeyBytes)
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(self)
    }

    init(decoding data: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: data)
    }

    /// - Throws: ``BackupError/otherGeo(path:expected:found:)``.
    public func check(against geo: Geo, path: String) throws(BackupError) {
        guard self.geo == geo.id.value, geoNumber == Int(geo.number.value) else {
            throw .otherGeo(path: path, expected: "\(geo.id) (number \(geo.number.value))", found: geoName)
        }
    }
}

import Crypto
import Foundation
import Testing

@testable import Backups

@Suite("A backup's file")
struct BackupFileTests {
    private static let sealed = BackupFormat.chunkBytes + BackupFormat.tagBytes

    @Test(
        "gives back what was put in, whatever its length is beside that of a chunk",
        arguments: [1, 65_503, 65_504, 65_505, 65_535, 65_536, 65_537, 131_040, 131_072, 200_000])
    func roundTrip(bytes: Int) throws {
        let bench = try BackupBench(storeBytes: bytes)
        let hash = try bench.write()
        let found = try bench.read()
        #expect(found.store == bench.store)
        #expect(found.outboxKey == bench.outboxKey)
        #expect(try BackupWriter.hex(SHA256.hash(data: bench.bytes())) == hash)
        let mode = try FileManager.default.attributesOfItem(atPath: bench.path("backup"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("tells without the key of which geo it is and with which key it opens, and holds nothing that can be read")
    func header() throws {
        let bench = try BackupBench()
        try bench.write()
        let header = try BackupReader(file: bench.path("backup")).header
        #expect(header.geo == "eu" && header.geoNumber == 1 && header.version == "1.2.3" && header.schema == ["v1"])
        #expect(header.key == bench.key.recipient.id)
        let bytes = try bench.bytes()
        #expect(bytes.range(of: bench.outboxKey) == nil)
        #expect(bytes.range(of: bench.store[1000..<1064]) == nil)
    }

    @Test("that was cut off anywhere is refused, without the key")
    func truncated() throws {
        let bench = try BackupBench()
        try bench.write()
        let whole = try bench.bytes()
        let first = try bench.firstChunk()
        let lengths = [
            0, 1, BackupFormat.mark.count, first - 33, first - 1, first, first + Self.sealed, first + 2 * Self.sealed,
            whole.count - 16,
            whole.count - 1,
        ]
        for length in lengths {
            try bench.replace(by: whole.prefix(length))
            guard case .notABackup = bench.refusal() else {
                Issue.record("\(length) bytes: \(String(describing: bench.refusal()))")
                continue
            }
            #expect(throws: BackupError.self) { try BackupReader(file: bench.path("backup")) }
        }
    }

    @Test("that was cut off and whose header was made to fit is refused: its last part is not the last")
    func truncatedWithHeader() throws {
        let bench = try BackupBench()
        try bench.write()
        let whole = try bench.bytes()
        let first = try bench.firstChunk()
        let told = try BackupReader(file: bench.path("backup")).header
        let kept = 2 * BackupFormat.chunkBytes
        let text = String(decoding: try told.encoded(), as: UTF8.self)
            .replacingOccurrences(of: "\"store_bytes\":\(told.storeBytes)", with: "\"store_bytes\":\(kept - 32)")
        let key = whole[(first - 32)..<first]
        try bench.replace(
            by: BackupFormat.preamble(Data(text.utf8)) + key + whole[first..<(first + 2 * Self.sealed)])
        #expect(bench.refusal() == .altered(path: bench.path("backup"), chunk: 1))
    }

    @Test("with something behind its end is refused")
    func longer() throws {
        let bench = try BackupBench()
        try bench.write()
        try bench.replace(by: bench.bytes() + Data([0]))
        guard case .notABackup = bench.refusal() else { return #expect(Bool(false)) }
    }

    @Test("of which any bit was changed is refused")
    func altered() throws {
        let bench = try BackupBench(storeBytes: 70_000)
        try bench.write()
        let whole = try bench.bytes()
        let first = try bench.firstChunk()
        // Each byte before the first chunk, and some of each chunk with its tag.
        let places =
            Array(0..<first) + [
                first, first + 1000, first + Self.sealed - 1, first + Self.sealed, whole.count - 17, whole.count - 1,
            ]
        for place in places {
            var changed = whole
            changed[place] ^= 0x04
            try bench.replace(by: changed)
            #expect(bench.refusal() != nil, "byte \(place)")
        }
        try bench.replace(by: whole)
        #expect(bench.refusal() == nil)
    }

    @Test("whose parts were put in another order, or stand there twice, is refused")
    func reordered() throws {
        let bench = try BackupBench()
        try bench.write()
        let whole = try bench.bytes()
        let first = try bench.firstChunk()
        func chunk(_ number: Int) -> Data { whole[(first + number * Self.sealed)..<(first + (number + 1) * Self.sealed)] }
        let head = whole.prefix(first)
        let rest = whole.dropFirst(first + 2 * Self.sealed)
        try bench.replace(by: head + chunk(1) + chunk(0) + rest)
        #expect(bench.refusal() == .altered(path: bench.path("backup"), chunk: 1))
        try bench.replace(by: head + chunk(0) + chunk(0) + rest)
        #expect(bench.refusal() == .altered(path: bench.path("backup"), chunk: 2))
    }

    @Test("with a part of another backup in its place is refused")
    func mixed() throws {
        let bench = try BackupBench()
        try bench.write()
        try bench.write("other")
        let first = try bench.firstChunk()
        #expect(try bench.firstChunk("other") == first)
        var mixed = try bench.bytes()
        mixed.replaceSubrange(first..<(first + Self.sealed), with: try bench.bytes("other")[first..<(first + Self.sealed)])
        try bench.replace(by: mixed)
        #expect(bench.refusal() == .altered(path: bench.path("backup"), chunk: 1))
    }

    @Test("opens with its own key and with no other, of this geo or of another")
    func keys() throws {
        let bench = try BackupBench()
        try bench.write()
        let other = BackupKey(geo: try BackupBench.geo("eu", 1))
        #expect(
            bench.refusal(with: other)
                == .otherKey(path: bench.path("backup"), expected: bench.key.recipient.id, found: other.recipient.id))
        let header = try BackupReader(file: bench.path("backup")).header
        for geo in [("us", 2), ("eu", 2), ("us", 1)] {
            let foreign = try BackupBench.geo(geo.0, geo.1)
            #expect(throws: BackupError.otherGeo(path: "f", expected: "\(geo.0) (number \(geo.1))", found: "eu (number 1)")) {
                try header.check(against: foreign, path: "f")
            }
            #expect(throws: BackupError.keyOfOtherGeo(expected: "\(geo.0) (number \(geo.1))", found: "eu (number 1)")) {
                try bench.key.recipient.check(against: foreign)
            }
        }
    }

    @Test("cannot be forged by somebody who knows the public key but not the sender's secret")
    func forged() throws {
        let bench = try BackupBench()
        let own = bench.key.recipient
        let stranger = BackupRecipient(
            geo: own.geo, number: own.number, publicKey: own.publicKey, senderSecret: SymmetricKey(size: .bits256))
        try bench.write(for: stranger)
        #expect(bench.refusal() == .altered(path: bench.path("backup"), chunk: 1))
    }

    @Test("is not made where the snapshot is not what was announced, and leaves nothing behind")
    func otherContent() throws {
        let bench = try BackupBench()
        #expect(throws: BackupError.contentDiffers(path: bench.path("backup"))) {
            try bench.write(hash: String(repeating: "0", count: 64))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder).allSatisfy { $0.hasPrefix("plain-") })
    }

    @Test("replaces no other file; a draft of a process that died is taken over")
    func names() throws {
        let bench = try BackupBench()
        try bench.write()
        #expect(throws: BackupError.alreadyThere(bench.path("backup"))) { try bench.write() }
        try Data(repeating: 1, count: 999_999).write(to: URL(fileURLWithPath: bench.path("second.partial")))
        try bench.write("second")
        #expect(bench.refusal("second") == nil)
        #expect(!FileManager.default.fileExists(atPath: bench.path("second.partial")))
    }
}

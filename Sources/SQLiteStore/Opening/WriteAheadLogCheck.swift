import Foundation

/// Looks whether acknowledged commits in a store's write-ahead log are unreadable.
///
/// SQLite takes the log up to the first frame that does not agree with its checksum, and drops the rest without a word: after a
/// power cut that is a transaction that nobody was told of. The store waits for the disk after each commit, so what follows a whole
/// commit was begun when that commit was on disk; a damaged frame before it is therefore no power cut but a lost acknowledgement.
/// Damage within the very last transaction cannot be told from a power cut. File format: sqlite.org/fileformat2.html, section 4.
struct WriteAheadLogCheck {
    private static let headerLength = 32
    private static let frameHeaderLength = 24

    private let path: String

    /// - Parameter path: of the log, `…/store.sqlite-wal`.
    init(path: String) { self.path = path }

    /// - Returns: what is damaged; nil where everything that was acknowledged can be read, or there is no log.
    func damage() -> String? {
        // Twice, because a command beside the node may be writing now; what is damaged stays so.
        guard let first = look(), let second = look(), first == second else { return nil }
        return first
    }

    private func look() -> String? {
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)) else { return nil }
        defer { try? file.close() }
        guard let head = read(Self.headerLength, from: file) else { return nil }
        guard let log = LogHeader(head) else {
            // A log whose first bytes were never written has nothing in it.
            guard let frame = read(Self.frameHeaderLength, from: file), frame.contains(where: { $0 != 0 }) else { return nil }
            return "the head of its write-ahead log cannot be read"
        }
        return firstLoss(in: file, log)
    }

    private func firstLoss(in file: FileHandle, _ log: LogHeader) -> String? {
        var sum: LogChecksum? = log.checksum
        var damaged: Int?
        var number = 0
        /// Whether a commit that is whole has gone by since the damaged frame.
        var hasCommit = false
        while let frame = read(Self.frameHeaderLength + log.pageSize, from: file) {
            number += 1
            let header = FrameHeader(frame, isBigEndian: log.isBigEndian)
            let isOurs = header.salts == log.salts
            // Frames of an earlier round of the log follow its end.
            let isWhole = isOurs && sum.map { header.isWhole(after: $0) } == true
            if let damaged, hasCommit, isWhole {
                return "frame \(damaged) of its write-ahead log cannot be read, and later commits depend on it"
            }
            if !isWhole, damaged == nil { damaged = number }
            if damaged != nil, isWhole, header.isCommit { hasCommit = true }
            sum = isOurs ? header.checksum : nil
        }
        return nil
    }

    private func read(_ count: Int, from file: FileHandle) -> [UInt8]? {
        guard let data = try? file.read(upToCount: count), data.count == count else { return nil }
        return [UInt8](data)
    }
}

/// The running sum over a write-ahead log.
private struct LogChecksum: Equatable {
    var first: UInt32 = 0
    var second: UInt32 = 0

    /// - Parameter bytes: a multiple of eight.
    func adding(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> LogChecksum {
        var sum = self
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                let one = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let two = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                sum.first &+= (isBigEndian ? one.bigEndian : one.littleEndian) &+ sum.second
                sum.second &+= (isBigEndian ? two.bigEndian : two.littleEndian) &+ sum.first
            }
        }
        return sum
    }
}

private struct LogHeader {
    let isBigEndian: Bool
    let pageSize: Int
    let salts: [UInt32]
    let checksum: LogChecksum

    /// - Returns: nil for bytes that are no head of a log.
    init?(_ bytes: [UInt8]) {
        let fields = bytes.bigEndianFields
        guard fields[0] & 0xFFFF_FFFE == 0x377F_0682, (512...65536).contains(fields[2]) else { return nil }
        isBigEndian = fields[0] & 1 == 1
        pageSize = Int(fields[2])
        salts = [fields[4], fields[5]]
        checksum = LogChecksum(first: fields[6], second: fields[7])
        guard LogChecksum().adding(bytes[..<24], isBigEndian: isBigEndian) == checksum else { return nil }
    }
}

private struct FrameHeader {
    let isCommit: Bool
    let salts: [UInt32]
    let checksum: LogChecksum
    private let bytes: [UInt8]
    private let isBigEndian: Bool

    init(_ bytes: [UInt8], isBigEndian: Bool) {
        let fields = Array(bytes.prefix(24)).bigEndianFields
        isCommit = fields[1] != 0
        salts = [fields[2], fields[3]]
        checksum = LogChecksum(first: fields[4], second: fields[5])
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    /// Whether the frame's sum is that of what it holds, after a sum that the frame before it says.
    func isWhole(after sum: LogChecksum) -> Bool {
        sum.adding(bytes[..<8], isBigEndian: isBigEndian).adding(bytes[24...], isBigEndian: isBigEndian) == checksum
    }
}

extension [UInt8] {
    /// Whole numbers of 32 bits, as the headers have them.
    fileprivate var bigEndianFields: [UInt32] {
        withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 3, by: 4).map {
                UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
    }
}

import Accounts
import Foundation
import NIOPosix

/// Writes each mail into a folder, one `.eml` file for each, for a developer's machine.
///
/// Files appear whole or not at all. Their names sort by time, and the same mail has the same name, so that a mail that is
/// delivered twice is there once.
public struct MaildirTransport: MailTransport {
    private let folder: String

    /// - Parameter folder: made at the first mail, for this user only.
    public init(folder: String) {
        self.folder = folder
    }

    public func deliver(_ mail: RenderedMail) async throws(DeliveryFailure) {
        let (folder, name) = (folder, MaildirName(mail))
        do {
            // Writing waits for the disk, which must not hold up the tasks of the node.
            try await NIOThreadPool.singleton.runIfActive { try Self.write(mail.content, as: name, in: folder) }
        } catch {
            let cause = (error as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "it cannot be made"
            throw .unavailable(reason: "the mail folder cannot be written: \(cause)")
        }
    }

    private static func write(_ content: [UInt8], as name: MaildirName, in folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let (draft, path) = ("\(folder)/\(name.draft)", "\(folder)/\(name.file)")
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw lastError }
        do {
            defer { close(descriptor) }
            try writeAll(content, to: descriptor)
            guard fsync(descriptor) == 0 else { throw lastError }
        }
        guard rename(draft, path) == 0 else { throw lastError }
        try synchronize(folder: folder)
    }

    private static func writeAll(_ content: [UInt8], to descriptor: Int32) throws {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw lastError }
            rest = rest.dropFirst(count)
        }
    }

    /// A rename is on disk only when its folder is.
    private static func synchronize(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw lastError }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw lastError }
    }

    private static var lastError: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

import Accounts
import Foundation

/// Reads the mails that a ``MaildirTransport`` wrote, for the development mailbox.
public struct Maildir: Sendable {
    private let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// The newest mails, newest first; none where there is no folder yet. What is no mail is left out.
    ///
    /// - Throws: ``MaildirError`` where the folder cannot be read.
    public func mails(limit: Int) throws -> [MaildirMail] {
        try names().sorted(by: >).prefix(max(0, limit)).compactMap { try? read($0) }
    }

    /// One mail.
    ///
    /// - Parameter id: from a request, so it may be anything; it never becomes a part of a path.
    /// - Returns: nil where there is no mail of this id.
    /// - Throws: ``MaildirError``.
    public func mail(_ id: String) throws -> MaildirMail? {
        guard let id = MailID(id), let name = try names().first(where: { $0.id == id }) else { return nil }
        return try read(name)
    }

    private func names() throws(MaildirError) -> [MaildirName] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap(MaildirName.init(file:))
        } catch {
            throw .unreadable(folder)
        }
    }

    private func read(_ name: MaildirName) throws(MaildirError) -> MaildirMail {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name.file)") else { throw .unreadable(name.file) }
        guard let mail = MaildirMail(id: name.id, message: String(decoding: data, as: UTF8.self)) else {
            throw .noMessage(name.file)
        }
        return mail
    }
}

/// Why a development mailbox cannot be read.
public enum MaildirError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(String)
    case noMessage(String)

    public var description: String {
        switch self {
        case .unreadable(let name): "expected to read \(name), which this process may not; check its owner and mode"
        case .noMessage(let name): "expected \(name) to be a mail of this node, found something else; remove it"
        }
    }
}

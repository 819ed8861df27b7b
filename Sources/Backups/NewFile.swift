import Foundation

/// A file that gets its name only when it is whole and on disk, for its owner alone. What was begun goes when nobody holds it.
///
/// A process that dies leaves `PATH.partial` behind; the next one with the same path takes it over.
final class NewFile {
    let path: String
    private let draft: String
    private let handle: FileHandle
    private var isPublished = false

    /// - Throws: ``BackupError/alreadyThere(_:)`` where there is such a file, or somebody else writes it now.
    init(_ path: String) throws {
        self.path = path
        draft = "\(path).partial"
        guard !FileManager.default.fileExists(atPath: path) else { throw BackupError.alreadyThere(path) }
        let descriptor = open(draft, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            isPublished = true
            throw BackupError.alreadyThere(draft)
        }
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else { throw Self.failure(path) }
    }

    deinit { if !isPublished { unlink(draft) } }

    func write(_ data: Data) throws {
        do { try handle.write(contentsOf: data) } catch {
            throw BackupError.notWritable(path, reason: "\(error.localizedDescription)")
        }
    }

    /// Brings what was written to the disk, so that it can be read again from there.
    func synchronize() throws {
        do { try handle.synchronize() } catch { throw BackupError.notWritable(path, reason: "\(error.localizedDescription)") }
    }

    /// A second look at what was written.
    func reading() throws -> FileHandle {
        guard let again = FileHandle(forReadingAtPath: draft) else { throw Self.failure(path) }
        return again
    }

    /// Gives the file its name, if nobody else took that meanwhile.
    func publish() throws {
        try synchronize()
        // A link, unlike a rename, never replaces what is there.
        guard link(draft, path) == 0 else {
            throw errno == EEXIST ? BackupError.alreadyThere(path) : Self.failure(path)
        }
        unlink(draft)
        isPublished = true
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure(parent) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure(parent) }
    }

    private static func failure(_ path: String) -> BackupError {
        .notWritable(path, reason: String(cString: strerror(errno)))
    }
}

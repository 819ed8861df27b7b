import Foundation
import Synchronization

/// An exclusive lock on a data folder, held as long as a store is open; the system frees it when the process dies.
final class FolderLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``SQLiteStoreError/folderInUse(path:holder:)`` where somebody else holds it.
    init(_ folder: StoreFolder) throws(SQLiteStoreError) {
        let descriptor = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, StoreFolder.fileMode)
        guard descriptor >= 0 else { throw .folderUnusable(path: folder.path, reason: StoreFolder.systemReason) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.holder(descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw .folderUnusable(path: folder.path, reason: String(cString: strerror(reason)))
            }
            throw .folderInUse(path: folder.path, holder: holder)
        }
        Self.write(holder: getpid(), to: descriptor)
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            guard let held = descriptor else { return }
            // Said, not left to the closing: a child that this process is starting holds a copy until it runs its program.
            flock(held, LOCK_UN)
            close(held)
            descriptor = nil
        }
    }

    /// The holder's process id stands in the file, for the message to whoever comes second.
    private static func write(holder: pid_t, to descriptor: Int32) {
        let text = Array(String(holder).utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func holder(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0, let process = Int(String(decoding: bytes.prefix(count), as: UTF8.self)) else { return nil }
        return String(process)
    }
}

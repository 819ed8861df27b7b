import Foundation

/// The sole use of a cluster's folder, while this value lives; the system frees it when the process dies.
final class ClusterFolderLock: Sendable {
    private let descriptor: Int32

    /// - Parameters:
    ///   - path: of a file in the folder, made where it is missing.
    ///   - text: what stands in it for whoever looks.
    /// - Throws: ``ClusterError/folderInUse(_:)`` where another cluster runs in it.
    init(_ path: String, saying text: String) throws(ClusterError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .folderNotWritable(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .folderInUse(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        }
        let bytes = Array(text.utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}

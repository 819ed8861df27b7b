import Foundation

/// Writes a file as a whole: a reader sees the old text or the new one, also after a crash.
enum PrivateFile {
    /// - Parameter mode: 0600 for keys, from the first byte on.
    static func write(_ text: String, to path: String, mode: mode_t) throws {
        let beside = "\(path).\(UUID().uuidString).new"
        do {
            let file = try owned(open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode))
            let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
            _ = try owned(rename(beside, path))
            let folder = try owned(open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC))
            defer { close(folder) }
            _ = try owned(fsync(folder))
        } catch {
            unlink(beside)
            throw CertificateError.notWritable(path, reason: error.localizedDescription)
        }
    }

    private static func owned(_ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return result
    }
}

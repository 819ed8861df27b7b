import Crypto
import Foundation
import Geography

/// The one line of a file of keys that is no comment: what it is, the geo, its number, a key and the sender's secret.
struct KeyLine {
    static let maximumBytes = 4096

    let geo: GeoID
    let number: GeoNumber
    let key: Data
    let secret: SymmetricKey

    init(file path: String, mark: String) throws {
        func unusable(_ reason: String) -> BackupError { .unusableKey(path: path, reason: reason) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unusable(String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(String(cString: strerror(errno))) }
        guard status.st_mode & 0o077 == 0 else {
            throw unusable("a file that others may read (mode 0\(String(status.st_mode & 0o777, radix: 8))); `chmod 600` it")
        }
        let text = try handle.read(upToCount: Self.maximumBytes).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        guard lines.count == 1, words.count == 5, words[0] == mark else { throw unusable("a file without one line of \(mark)") }
        guard let geo = try? GeoID(words[1]), let number = Int(words[2]).flatMap({ try? GeoNumber($0) }),
            let key = Data(base64Encoded: words[3]), key.count == BackupRecipient.keyLength,
            let secret = Data(base64Encoded: words[4]), secret.count == BackupRecipient.keyLength
        else { throw unusable("a line that was cut off or changed") }
        (self.geo, self.number, self.key, self.secret) = (geo, number, key, SymmetricKey(data: secret))
    }
}

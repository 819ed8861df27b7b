import Foundation

/// An image in a file, with the media type that its name says.
struct ImageFile {
    let bytes: Data
    let mediaType: String

    private static let mediaTypes = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "ico": "image/vnd.microsoft.icon", "svg": "image/svg+xml",
    ]

    /// - Throws: the exit code of a wrong use, which was explained.
    init(_ path: String) throws {
        guard let mediaType = Self.mediaTypes[URL(fileURLWithPath: path).pathExtension.lowercased()] else {
            throw CommandFailure.report(
                "expected a file whose name ends in .png, .jpg, .gif, .webp, .ico or .svg, found \(path)",
                code: CommandFailure.usage)
        }
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw CommandFailure.report("expected a readable file at \(path)", code: CommandFailure.usage)
        }
        self.bytes = bytes
        self.mediaType = mediaType
    }
}

import Accounts
import Foundation

/// An image in a `data:` URL (RFC 2397), in base 64.
struct DataURL {
    let format: ImageFormat
    let bytes: [UInt8]

    init(_ image: PortalImage) {
        format = image.format
        bytes = image.bytes
    }

    init?(_ text: String) {
        let mark = ";base64,"
        guard text.hasPrefix("data:"), let range = text.range(of: mark),
            let format = ImageFormat(mediaType: text[..<range.lowerBound].dropFirst("data:".count)),
            let data = Data(base64Encoded: String(text[range.upperBound...]))
        else { return nil }
        self.format = format
        bytes = Array(data)
    }

    var text: String { "data:\(format.mediaType);base64,\(Data(bytes).base64EncodedString())" }
}

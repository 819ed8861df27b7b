import NIOCore

/// An alert as it is sent before any key exists: one record in clear (RFC 8446, section 6).
enum TLSAlert: UInt8 {
    case unexpectedMessage = 10
    case decodeError = 50
    case internalError = 80
    case missingExtension = 109
    case unrecognizedName = 112
    case noApplicationProtocol = 120

    var record: ByteBuffer {
        let (alert, fatal): (UInt8, UInt8) = (21, 2)
        return ByteBuffer(bytes: [alert, 3, 3, 0, 2, fatal, rawValue])
    }
}

/// Why there is no QR code for a text.
public enum QRCodeError: Error, Equatable {
    /// It has more bytes than the largest code holds.
    case tooLong(bytes: Int)
}

/// Tells browsers to come by https only from now on (RFC 6797). Never said over plain HTTP, section 7.2.
enum StrictTransportSecurity {
    static let name = "Strict-Transport-Security"
    static let value = "max-age=31536000"

    static let line = "\(name): \(value)\r\n"
}

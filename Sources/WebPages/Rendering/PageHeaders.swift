import HTTPTypes

/// The headers that keep a browser strict.
public enum PageHeaders {
    /// The policy of a page: scripts and styles only as files of our own, nothing from elsewhere, in nobody's frame.
    ///
    /// - Parameter framing: a directive with its semicolon and space for a page that frames something of its own.
    public static func contentSecurityPolicy(framing: String = "") -> String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \(framing)form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
    }

    /// What a response has unless its handler said otherwise.
    public static func add(to headers: inout HTTPFields) {
        for field in fields where !headers.contains(field.name) { headers[field.name] = field.value }
    }

    private static let fields: [HTTPField] = [
        ("Content-Security-Policy", contentSecurityPolicy()),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
}

import Accounts

/// One text in two forms, plain and HTML, as the body of a message (`multipart/alternative`, RFC 2046, section 5.1.4).
struct AlternativeParts {
    let contentType: String
    let text: String

    /// - Parameter id: makes the boundary. It starts with `=_`, which quoted-printable never lets stand in a part (RFC 2045,
    ///   section 6.7), so no text can contain it.
    init(plain: String, html: String, id: MailID) {
        let boundary = "=_\(id)"
        contentType = "multipart/alternative;\r\n boundary=\"\(boundary)\""
        text =
            Self.part("plain", plain, after: boundary) + Self.part("html", html, after: boundary) + "--\(boundary)--\r\n"
    }

    private static func part(_ subtype: String, _ text: String, after boundary: String) -> String {
        """
        --\(boundary)\r
        Content-Type: text/\(subtype); charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        \(QuotedPrintable.encode(text))\r

        """
    }
}

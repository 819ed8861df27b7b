import Mustache

/// Escapes values for HTML text and quoted attributes, code point by code point.
///
/// The library's own escaping looks at whole characters: a quote that a combining mark follows is another character to it and
/// passes as it is, but ends an attribute in every browser.
struct EscapedHTML: MustacheContentType {
    /// What a template says at its top: `{{% CONTENT_TYPE:ESCAPED_HTML}}`.
    static let name = "ESCAPED_HTML"

    func escapeText(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

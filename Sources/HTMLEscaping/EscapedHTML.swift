import Mustache

/// Escapes values for HTML text and quoted attributes, code point by code point.
///
/// The library's own escaping looks at whole characters: a quote that a combining mark follows is another character to it and
/// passes as it is, but ends an attribute in every browser.
public struct EscapedHTML: MustacheContentType {
    /// What every template says at its top, partials too.
    public static let pragma = "{{% CONTENT_TYPE:\(name)}}"

    private static let name = "ESCAPED_HTML"

    public init() {}

    /// Makes the pragma known to the library; call it before a template is read.
    public static func register() { MustacheContentTypes.register(EscapedHTML(), named: name) }

    public func escapeText(_ text: String) -> String {
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

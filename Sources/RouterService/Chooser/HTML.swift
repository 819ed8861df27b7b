/// HTML made of typed pieces: what is not marked as markup is escaped.
///
/// ```swift
/// let item: HTML = "<li>\(geo.name)</li>"
/// ```
struct HTML: ExpressibleByStringInterpolation {
    let markup: String

    init(stringLiteral value: String) { markup = value }

    init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    init(joining pieces: [HTML]) { markup = pieces.map(\.markup).joined(separator: "\n") }

    struct StringInterpolation: StringInterpolationProtocol {
        var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        mutating func appendInterpolation(_ text: some CustomStringConvertible) {
            // Code points, because a quote that a combining mark follows is another character and still ends an attribute.
            for scalar in text.description.unicodeScalars {
                switch scalar {
                case "&": markup += "&amp;"
                case "<": markup += "&lt;"
                case ">": markup += "&gt;"
                case "\"": markup += "&quot;"
                case "'": markup += "&#39;"
                default: markup.unicodeScalars.append(scalar)
                }
            }
        }
    }
}

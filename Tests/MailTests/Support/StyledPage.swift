import Foundation

/// The colours of an HTML document: each element's text and what is behind it, in the light look and in the dark one.
///
/// It knows as much of CSS as a mail's layout has: inline styles, inheritance, and rules for classes inside of the media query for
/// the dark look, which are all `!important`.
struct StyledPage {
    struct Colors {
        let element: String
        let text: String
        let background: String
    }

    private struct Element {
        let tag: String
        let classes: Set<String>
        var text = "#000000"
        var background = "#ffffff"
    }

    let colors: [Colors]

    init(_ html: String, dark: Bool) throws {
        let rules = dark ? Self.darkRules(in: html) : []
        var path: [Element] = []
        var colors: [Colors] = []
        let body = html[(html.range(of: "<body")?.lowerBound ?? html.startIndex)...]
        for tag in body.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>([^<]*)/) {
            if !tag.1.isEmpty {
                while let last = path.popLast(), last.tag != tag.2 {}
            } else if tag.2 != "br" {
                path.append(Self.element(String(tag.2), attributes: String(tag.3), in: path, rules))
            }
            guard let element = path.last, !tag.4.allSatisfy(\.isWhitespace) else { continue }
            colors.append(Colors(element: element.tag, text: element.text, background: element.background))
        }
        self.colors = colors
    }

    private typealias Rule = (selectors: [[String]], style: String)

    private static func element(_ tag: String, attributes: String, in path: [Element], _ rules: [Rule]) -> Element {
        let classes = attributes.firstMatch(of: /class="([^"]*)"/).map { Set($0.1.split(separator: " ").map(String.init)) } ?? []
        var element = Element(tag: tag, classes: classes)
        element.text = path.last?.text ?? element.text
        element.background = path.last?.background ?? element.background
        apply(attributes.firstMatch(of: /style="([^"]*)"/).map { String($0.1) } ?? "", to: &element)
        for rule in rules where rule.selectors.contains(where: { matches($0, path + [element]) }) {
            apply(rule.style, to: &element)
        }
        return element
    }

    private static func apply(_ style: String, to element: inout Element) {
        for match in style.matches(of: /(?:^|;|\s)(color|background-color):\s*(#[0-9a-f]{6})/) {
            if match.1 == "color" { element.text = String(match.2) } else { element.background = String(match.2) }
        }
    }

    private static func matches(_ selector: [String], _ path: [Element]) -> Bool {
        func fits(_ part: String, _ element: Element) -> Bool {
            part.hasPrefix(".") ? element.classes.contains(String(part.dropFirst())) : element.tag == part
        }
        guard let last = selector.last, let element = path.last, fits(last, element) else { return false }
        return selector.dropLast().allSatisfy { part in path.dropLast().contains { fits(part, $0) } }
    }

    /// The rules of the dark look, the less specific ones first.
    private static func darkRules(in html: String) -> [Rule] {
        guard let start = html.range(of: "prefers-color-scheme: dark) {"), let end = html.range(of: "</style>") else { return [] }
        let rules = html[start.upperBound..<end.lowerBound].matches(of: /([^{}]+)\{([^}]*)\}/).map { rule -> Rule in
            (rule.1.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }, String(rule.2))
        }
        func weight(_ rule: Rule) -> Int { rule.selectors.map { $0.count { $0.hasPrefix(".") } * 10 + $0.count }.max() ?? 0 }
        return rules.enumerated().sorted { (weight($0.element), $0.offset) < (weight($1.element), $1.offset) }.map(\.element)
    }

    /// 1 to 21 (WCAG 2.2, contrast ratio).
    static func contrast(_ one: String, _ other: String) -> Double {
        let (first, second) = (luminance(one), luminance(other))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    private static func luminance(_ color: String) -> Double {
        let value = Int(color.dropFirst(), radix: 16) ?? 0
        let parts = [value >> 16, value >> 8, value].map { part in
            let share = Double(part & 0xFF) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

import Foundation
import Testing

@testable import APIDocuments

@Suite("Descriptions")
struct MarkdownTests {
    /// What the renderer may make, and nothing else.
    private static var element: Regex<(Substring, Substring, Substring, Substring?)> {
        let names = "p|h[1-6]|em|strong|del|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|hr|br|a"
        let attributes = " href=\"[^\"<>]*\" rel=\"nofollow noopener noreferrer\"| start=\"[0-9]+\""
        guard let regex = try? Regex("<(/?)(\(names))(\(attributes))?>", as: (Substring, Substring, Substring, Substring?).self)
        else {
            preconditionFailure("the expression of the test is none")
        }
        return regex.matchingSemantics(.unicodeScalar)
    }

    private static let rel = "rel=\"nofollow noopener noreferrer\""

    private func html(_ source: String) -> String { Markdown(cleaned: source).html(headingLevel: 3).description }

    @Test(
        "the usual parts of CommonMark are rendered",
        arguments: [
            ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>\n"), ("# T #\n### U", "<h3>T</h3>\n<h5>U</h5>\n"),
            ("T\n===\nx", "<h3>T</h3>\n<p>x</p>\n"),
            ("###### deep", "<h6>deep</h6>\n"), ("#no", "<p>#no</p>\n"), ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n"),
            (
                "*a* **b** ***c*** _d_ ~~e~~",
                "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <del>e</del></p>\n"
            ),
            ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>\n"),
            ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>\n"),
            ("*a **b*", "<p><em>a **b</em></p>\n"), ("`a<b` ``c`d``", "<p><code>a&lt;b</code> <code>c`d</code></p>\n"),
            ("`*a*` `open", "<p><code>*a*</code> `open</p>\n"), ("\\*a\\* \\<", "<p>*a* &lt;</p>\n"), ("---", "<hr>\n"),
            ("```json\n{\"a\": <1>}\n```\nx", "<pre><code>{&quot;a&quot;: &lt;1&gt;}\n</code></pre>\n<p>x</p>\n"),
            ("~~~\nopen", "<pre><code>open\n</code></pre>\n"),
            ("    code\n\n    more", "<pre><code>code\n\nmore\n</code></pre>\n"),
            ("- a\n- b\n  - c", "<ul>\n<li>a\n</li>\n<li>b\n<ul>\n<li>c\n</li>\n</ul>\n</li>\n</ul>\n"),
            ("1. a\n2. b", "<ol>\n<li>a\n</li>\n<li>b\n</li>\n</ol>\n"), ("3) a", "<ol start=\"3\">\n<li>a\n</li>\n</ol>\n"),
            ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
            ("text\n- a", "<p>text</p>\n<ul>\n<li>a\n</li>\n</ul>\n"),
            ("> a\n> b\nc", "<blockquote>\n<p>a\nb\nc</p>\n</blockquote>\n"), ("in 2026. Year", "<p>in 2026. Year</p>\n"),
            (
                "| a | b |\n|---|:-:|\n| `x` | 1\\|2 |\nafter",
                "<table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td><code>x</code></td><td>1|2</td></tr>\n</tbody>\n"
                    + "</table>\n<p>after</p>\n"
            ),
            (
                "[a *b*](https://x.example/?a=1&b=2 \"t\")",
                "<p><a href=\"https://x.example/?a=1&amp;b=2\" \(rel)>a <em>b</em></a></p>\n"
            ),
            (
                "[a](#op) <mailto:a@b.example>",
                "<p><a href=\"#op\" \(rel)>a</a> <a href=\"mailto:a@b.example\" \(rel)>mailto:a@b.example</a></p>\n"
            ),
            ("![alt](https://x.example/i.png)", "<p><a href=\"https://x.example/i.png\" \(rel)>alt</a></p>\n"),
            ("[![badge](https://x.example/i.png)](https://x.example)", "<p><a href=\"https://x.example\" \(rel)>badge</a></p>\n"),
            ("[1]: https://x.example [a][1]", "<p>[1]: https://x.example [a][1]</p>\n"),
            ("&lt;b&gt; &copy; &amp;lt;", "<p>&lt;b&gt; &amp;copy; &amp;lt;</p>\n"),
        ])
    func usual(source: String, expected: String) {
        #expect(html(source) == expected)
    }

    @Test(
        "the tags that descriptions are written with mean what they say",
        arguments: [
            ("<p>a <b>b</b></p>", "<p>a <strong>b</strong></p>\n"), ("<p>a</p><p>b</p>", "<p>a<br>\nb</p>\n"),
            ("a<br>b<br/>c<BR />d", "<p>a<br>\nb<br>\nc<br>\nd</p>\n"),
            ("<i>a <code>b</code></i>", "<p><em>a <code>b</code></em></p>\n"),
            ("<ul><li>a</li><li>b</li></ul>", "<p>• a<br>\n• b</p>\n"),
            ("<p class=\"x\" onclick=\"y\">a</p>", "<p>a</p>\n"),
            ("*a <b>b* c</b>", "<p><em>a &lt;b&gt;b</em> c&lt;/b&gt;</p>\n"),
            ("<b>open", "<p>&lt;b&gt;open</p>\n"), ("shut</b>", "<p>shut&lt;/b&gt;</p>\n"),
            ("Map<String>", "<p>Map&lt;String&gt;</p>\n"),
            ("`<b>x</b>`", "<p><code>&lt;b&gt;x&lt;/b&gt;</code></p>\n"),
            ("a <bold>x</bold>", "<p>a &lt;bold&gt;x&lt;/bold&gt;</p>\n"),
            (
                "<a href=\"https://x.example/?a=1&amp;b=2\" target=_blank>a</a>",
                "<p><a href=\"https://x.example/?a=1&amp;b=2\" \(rel)>a</a></p>\n"
            ),
            ("<a href='#op'>a <b>b</b></a>", "<p><a href=\"#op\" \(rel)>a <strong>b</strong></a></p>\n"),
            (
                "<a href=\"https://x.example\">[b](#c)</a>",
                "<p>&lt;a href=&quot;https://x.example&quot;&gt;<a href=\"#c\" \(rel)>b</a>&lt;/a&gt;</p>\n"
            ),
        ])
    func tags(source: String, expected: String) {
        #expect(html(source) == expected)
    }

    @Test(
        "other HTML is shown, never made",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "`</code><script>`", "```\n</code></pre><script>\n```",
            "# <svg onload=a>", "- <a href=javascript:a>", "> <iframe>", "| <b> |\n|---|\n| <script> |",
            "[<script>](https://a.example)", "<b onclick=alert(1)>x</b>", "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"https://a.example/' onclick='b\">x</a>", "<a href='https://a.example/\" onclick=\"b'>x</a>",
            "<p/onload=a>",
            "<b<script>>", "</script><b>",
            "[a](https://a.example/\"onmouseover=\"a)", "[a](<https://a.example/\" onclick=\"b>)",
            "<https://a.example/\"onclick=a>",
            "![<script>](x)", "![\" onerror=\"a](https://a.example)", "\\<script>", "**<script>**", "<!-- --><script>",
            "<\u{301}script>", "\"\u{301}><script>",
            "[a](https://a.example/<script>)", "[a](https://a.example 'x\" onclick=\"b')", "~~<script>~~", "```<script>\n```",
        ])
    func shown(source: String) {
        let html = html(source)
        let rest = html.replacing(Self.element, with: "")
        #expect(!rest.unicodeScalars.contains("<") && !rest.unicodeScalars.contains(">"))
        #expect(rest.unicodeScalars.filter { $0 == "\"" }.isEmpty)
    }

    @Test(
        "a link leads to no scheme but http, https and mailto",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:a", " javascript:a",
            "\u{1}javascript:a",
            "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:a", "data:text/html,<script>", "vbscript:a",
            "//evil.example",
            "/path", "path", "file:///etc", "https:evil.example", "http:/a", "javascript:a//https://",
            "https://a.example\u{202E}x", "feed:javascript:a",
            "jav&#x09;ascript:a", "java\\script:a", "%6Aavascript:a", "blob:x", "about:blank", "https://", "?x",
        ])
    func schemes(target: String) {
        for source in [
            "[a](\(target))", "[a](<\(target)>)", "![a](\(target))", "<\(target)>", "<a href=\"\(target)\">a</a>",
        ] {
            #expect(!html(source).contains("href=\""), "\(source)")
        }
    }

    @Test(
        "rendering takes time in proportion to the text",
        arguments: [
            "[", "![", "[a](", "[a](<", "[a](b \"", "*a ", "*a_b**c", "_", "`", "` `` ", "> ", "- ", "1. ", "#", "|", "|-", "<",
            "<a", "&", "\\", "\n", "~~~\n", "    a\n",
            "*a*", "[[a](#b)](", "- a\n  ", "a\n- ", "<b>", "</b>", "<p>", "<br>", "<b>a</b>", "<a href='#b'>",
            "<a href='#b'>a</a>",
            "<a href=", "<b ",
        ])
    func linear(piece: String) {
        let short = String(repeating: piece, count: 4_000 / piece.utf8.count)
        let long = String(repeating: piece, count: 32_000 / piece.utf8.count)
        var size = 0
        let time = ContinuousClock().measure { size = html(long).utf8.count }
        #expect(time < .seconds(5) && size <= 200 * long.utf8.count)
        #expect(size <= 40 * max(html(short).utf8.count, 100))
    }

    @Test(
        "whatever the text, every element that begins ends inside of the one that it began in", arguments: [1, 2, 3] as [UInt64])
    func balance(seed: UInt64) {
        var chance = Chance(seed: seed)
        let pieces = [
            "*", "**", "***", "_", "`", "``", "```", "\n", "\n\n", "    ", "- ", "1. ", "> ", "#", "|", "|-|", "[", "]", "(", ")",
            "![", "](#a)",
            "](https://a.example)", "<", ">", "<https://a.example>", "&", "&lt;", "\\", "\"", "'", "a", "é", "\u{301}", " ", "~~",
            "---", "\t", "===", "<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br/>", "<li>", "<a href='#a'>", "</a>",
        ]
        for _ in 0..<700 {
            let count = Int.random(in: 1...60, using: &chance)
            let source = (0..<count).compactMap { _ in pieces.randomElement(using: &chance) }.joined()
            let html = html(source)
            var open: [Substring] = []
            var isBalanced = true
            for match in html.matches(of: Self.element) where match.output.2 != "hr" && match.output.2 != "br" {
                if match.output.1.isEmpty {
                    isBalanced = isBalanced && !(match.output.2 == "a" && open.contains("a"))
                    open.append(match.output.2)
                } else {
                    isBalanced = open.popLast() == match.output.2 && isBalanced
                }
            }
            let rest = html.replacing(Self.element, with: "").unicodeScalars
            #expect(isBalanced && open.isEmpty && !rest.contains("<") && !rest.contains("\""), "\(source)")
        }
    }

    @Test("blocks inside one another end at a depth, their text does not get lost")
    func depth() {
        let nested = (0..<40).map { String(repeating: "> ", count: $0) + "level\($0)" }.joined(separator: "\n\n")
        let html = html(nested)
        #expect(html.components(separatedBy: "<blockquote>").count <= 400 && html.contains("level39"))
        #expect(html.components(separatedBy: "<blockquote>").count == html.components(separatedBy: "</blockquote>").count)
    }

    @Test("parentheses that end nowhere are looked through a few times only; then links are text")
    func endless() {
        let link = "[a](https://a.example)"
        let most = MarkdownInlines.mostFailedDestinations
        #expect(html(String(repeating: "[a](b ", count: most - 1) + link).contains("href=\"https://a.example\""))
        #expect(!html(String(repeating: "[a](b ", count: most) + link).contains("href"))
        #expect(html(String(repeating: "[a](b", count: 6000)).count > 30_000)
    }

    @Test("titles and names of a document are text, not HTML")
    func titles() throws {
        let text =
            "openapi: 3.1.0\ninfo: {title: \"<script>\", version: '1', description: \"<script>alert(1)</script>\"}\npaths: {}\n"
        let document = try APIDocument(reading: Array(text.utf8))
        #expect(document.title == "<script>")
        #expect(document.description?.html.description == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n")
    }
}

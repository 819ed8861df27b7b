import Testing
import WebPages

@Suite("HTML that is put together")
struct HTMLTests {
    @Test("text and the values of attributes are escaped, code point by code point")
    func escaping() {
        var html = HTML()
        html.element("a", .href("/x?a=\"><b>&c"), .class("'\u{301}")) { $0.text("<i>\"\u{301} & 'so'") }
        #expect(
            html.source
                == "<a href=\"/x?a=&quot;&gt;&lt;b&gt;&amp;c\" class=\"&#39;\u{301}\">&lt;i&gt;&quot;\u{301} &amp; &#39;so&#39;</a>"
        )
    }

    @Test("elements stand in one another in the order in which they are written")
    func nesting() {
        var inner = HTML()
        inner.element("b", text: "1")
        var html = HTML()
        html.element("p", .id("x")) { p in
            p.append(inner)
            p.element("i", text: "2")
        }
        #expect(html.source == "<p id=\"x\"><b>1</b><i>2</i></p>")
        #expect(html.size == html.source.utf8.count)
    }
}

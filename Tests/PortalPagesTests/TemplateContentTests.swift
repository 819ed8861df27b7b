import Testing
import WebPages

@Suite("What templates show of views")
struct TemplateContentTests {
    private struct Ship: Sendable {
        let name: String
        let length: Int?
        let flag: Flag?
        let crew: [String]
        let isLarge: Bool
    }

    private struct Flag: Sendable {
        let name: String
        let colours: [Colour]
    }

    private struct Colour: Sendable, CustomStringConvertible {
        let description: String
    }

    private struct Harbour<Content: Sendable>: Sendable {
        let words: [String: any Sendable]
        let name: String
        let length: Int
        let content: Content
    }

    private static let flag = Flag(name: "Norway", colours: ["red", "white", "blue"].map(Colour.init))
    private static let fram = Ship(name: "Fram", length: 39, flag: flag, crew: ["Sverdrup", "Amundsen"], isLarge: false)
    private static let raft = Ship(name: "<Raft>", length: nil, flag: nil, crew: [], isLarge: true)

    private func shown(_ ships: [Ship], _ template: String) throws -> String {
        let words: [String: any Sendable] = ["ship": ["called": "called"] as [String: any Sendable]]
        return try PageTemplates(["harbour": Array(template.utf8)])
            .render(Harbour(words: words, name: "Oslo", length: 800, content: ships), with: "harbour")
    }

    @Test("properties are found through all views around, the nearest first")
    func nearestFirst() throws {
        #expect(
            try shown(
                [Self.fram], "{{name}}{{#content}} {{words.ship.called}} {{name}}{{#flag}} of {{name}}{{/flag}}{{/content}}")
                == "Oslo called Fram of Norway")
    }

    @Test("what is nil is looked for further outside, and is no section")
    func nothing() throws {
        #expect(
            try shown([Self.raft], "{{#content}}{{length}}{{#flag}} flag{{/flag}}{{^flag}} none{{/flag}}{{/content}}")
                == "800 none")
    }

    @Test("lists, conditions and values with a text of their own are shown")
    func lists() throws {
        let template = """
            {{#content}}{{#crew}}{{.}},{{/crew}}{{^crew}}nobody{{/crew}}\
            {{#flag}}{{#colours}}{{.}} {{/colours}}{{/flag}}{{#isLarge}}!{{/isLarge}};{{/content}}
            """
        #expect(try shown([Self.fram, Self.raft], template) == "Sverdrup,Amundsen,red white blue ;nobody!;")
    }

    @Test("a text is escaped, and HTML of ours is not")
    func escaping() throws {
        var html = HTML()
        html.element("b", .class("x")) { $0.text("&") }
        let templates = try PageTemplates(["harbour": Array("{{name}} {{{content}}}".utf8)])
        #expect(
            try templates.render(Harbour(words: [:], name: "<i>", length: 1, content: html), with: "harbour")
                == "&lt;i&gt; <b class=\"x\">&amp;</b>")
    }
}

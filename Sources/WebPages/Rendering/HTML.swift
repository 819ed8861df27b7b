import HTMLEscaping
import Mustache

/// HTML that is put together of elements and text. Whatever goes in as text, or as an attribute's value, is escaped on its way in.
///
/// For pages with thousands of parts, where templates would be slow, and for which nobody could see whether each brace is right:
/// ```swift
/// var html = HTML()
/// html.element("p", .class("hint")) { $0.text(description) }
/// ```
/// Names of elements and attributes are literals of the program; no document can choose one. A template shows it in three braces, which
/// are for values of this type only.
public struct HTML: Sendable, Equatable {
    /// One attribute of an element.
    public struct Attribute: Sendable {
        let name: StaticString
        let value: String

        public init(_ name: StaticString, _ value: String) {
            self.name = name
            self.value = value
        }

        public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
        public static func id(_ id: String) -> Attribute { Attribute("id", id) }
        public static func href(_ target: String) -> Attribute { Attribute("href", target) }
    }

    public private(set) var source: String

    public init() { source = "" }

    /// - Parameter html: what another module has made harmless; nothing that a person wrote may get here by another way.
    public init(escaped html: String) { source = html }

    /// In bytes.
    public var size: Int { source.utf8.count }

    public var isEmpty: Bool { source.isEmpty }

    public mutating func text(_ text: String) { source += Self.escaping.escapeText(text) }

    public mutating func append(_ other: HTML) { source += other.source }

    /// An element with whatever the closure writes in it.
    public mutating func element(_ name: StaticString, _ attributes: Attribute..., content: (inout HTML) -> Void) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// An element with nothing but text in it.
    public mutating func element(_ name: StaticString, _ attributes: Attribute..., text: String) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        source += "<\(name)"
        for attribute in attributes {
            source += " \(attribute.name)=\""
            text(attribute.value)
            source += "\""
        }
        source += ">"
    }

    private mutating func close(_ name: StaticString) { source += "</\(name)>" }

    private static let escaping = EscapedHTML()
}

extension HTML: MustacheCustomRenderable {
    public var renderText: String { source }
    public var isNull: Bool { isEmpty }
}

import HTMLEscaping
import Mustache

/// Templates of pages that ship inside a program. Everything that they show is escaped.
public struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Parameter sources: Mustache by the templates' names.
    /// - Throws: ``PageError/unreadableTemplate(_:reason:)``.
    public init(_ sources: [String: [UInt8]]) throws {
        EscapedHTML.register()
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            do {
                try library.register(EscapedHTML.pragma + String(decoding: bytes, as: UTF8.self), named: name)
            } catch let error as MustacheTemplate.ParserError {
                throw PageError.unreadableTemplate(
                    name, reason: "line \(error.context.lineNumber) has \(error.error): \(error.context.line)")
            }
        }
        self.library = library
    }

    /// - Throws: ``PageError/missingTemplate(_:)``.
    public func render(_ content: some Any, with name: String) throws -> String {
        guard let html = library.render(ReflectedContent.reading(content), withTemplate: name) else {
            throw PageError.missingTemplate(name)
        }
        return html
    }
}

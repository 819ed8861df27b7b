import HTMLEscaping
import Mustache

/// The layouts of all mails, built into the program.
struct MailTemplates: Sendable {
    /// Read once; a failure is a mistake in a template and is found by the tests.
    static let embedded = Result<MailTemplates, RenderingError> { () throws(RenderingError) in try MailTemplates() }

    private static let sources: [String: [UInt8]] = [
        "layout.html": PackageResources.layout_html,
        "layout.txt": PackageResources.layout_txt,
    ]

    private let library: MustacheLibrary

    private init() throws(RenderingError) {
        EscapedHTML.register()
        var library = MustacheLibrary()
        for (name, source) in Self.sources {
            do {
                try library.register(String(decoding: source, as: UTF8.self), named: name)
            } catch {
                throw .brokenTemplate(name)
            }
        }
        self.library = library
    }

    func render(_ values: [String: any Sendable], with name: String) throws(RenderingError) -> String {
        guard let text = library.render(values, withTemplate: name) else { throw .brokenTemplate(name) }
        return text
    }
}

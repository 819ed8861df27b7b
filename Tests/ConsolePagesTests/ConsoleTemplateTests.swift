import Testing

@testable import ConsolePages

@Suite("The templates of the console")
struct ConsoleTemplateTests {
    /// Where Mustache does not know a name, it shows nothing and says nothing.
    @Test("a template includes none that does not ship", arguments: ConsoleTemplate.allCases)
    func includes(template: ConsoleTemplate) {
        let text = String(decoding: template.bytes, as: UTF8.self)
        for name in text.matches(of: #/\{\{>([A-Za-z-]+)\}\}/#).map({ String($0.1) }) {
            #expect(ConsoleTemplate(rawValue: name) != nil, "\(name)")
        }
    }
}

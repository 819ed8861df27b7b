import PagesTesting
import Testing
import WebPages

@testable import ConsolePages

@Suite("The templates of the console")
struct ConsoleTemplateTests {
    @Test("a template includes none that does not ship", arguments: ConsoleTemplate.allCases)
    func includes(template: ConsoleTemplate) { #expect(template.missingIncludes == []) }

    @Test("no template hides one that portals and the console share")
    func names() {
        #expect(Set(ConsoleTemplate.allCases.map(\.rawValue)).isDisjoint(with: SharedTemplate.allCases.map(\.rawValue)))
    }
}

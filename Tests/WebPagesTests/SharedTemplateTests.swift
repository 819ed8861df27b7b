import PagesTesting
import Testing
import WebPages

@Suite("The templates that portals and the console share")
struct SharedTemplateTests {
    @Test("a template includes none that does not ship", arguments: SharedTemplate.allCases)
    func includes(template: SharedTemplate) { #expect(template.missingIncludes == []) }
}

import PagesTesting
import Testing
import WebPages

@testable import PortalPages

@Suite("The templates of a portal")
struct PortalTemplateTests {
    @Test("a template includes none that does not ship", arguments: PageTemplate.allCases)
    func includes(template: PageTemplate) { #expect(template.missingIncludes == []) }

    @Test("no template hides one that portals and the console share")
    func names() {
        #expect(Set(PageTemplate.allCases.map(\.rawValue)).isDisjoint(with: SharedTemplate.allCases.map(\.rawValue)))
    }
}

import Accounts
import Testing

@Suite("The look of a portal")
struct LookTests {
    private static let gif = Array("GIF89a".utf8)

    @Test("what is named changes, the rest stays, and the audit log tells of it")
    func change() async throws {
        let office = try await Office()
        let looks = office.flows.looks
        let admin = try await office.admin()
        var draft = LookDraft(accent: .text("#07A"), welcomeTitle: .text("Build with us"), welcomeText: .text("One\n\nTwo"))
        var look = try await looks.change(office.portal.id, with: draft, by: admin).look
        #expect(look.accent?.description == "#0077aa")
        #expect(look.welcomeTitle == "Build with us" && look.welcomeText == "One\n\nTwo")
        draft = LookDraft(welcomeTitle: LookDraft.Text.none)
        look = try await looks.change(office.portal.id, with: draft, by: admin).look
        #expect(look.accent?.description == "#0077aa" && look.welcomeTitle == nil && look.welcomeText == "One\n\nTwo")
        #expect(await office.store.auditActions.filter { $0 == .portalLookChanged }.count == 2)
    }

    @Test("a whole look takes away what it does not name, but no image")
    func whole() async throws {
        let office = try await Office()
        let looks = office.flows.looks
        let image = try PortalImage(Self.gif, as: .logo, field: "data")
        try await looks.set(image, as: .logo, of: office.portal.id, by: .operator)
        _ = try await looks.change(office.portal.id, with: LookDraft(welcomeTitle: .text("Hi")), by: .operator)
        let look = try await looks.change(
            office.portal.id, with: LookDraft(accent: .text("#123456")), isWhole: true, by: .operator
        ).look
        #expect(look.accent?.description == "#123456" && look.welcomeTitle == nil && look.logo == image.reference)
    }

    @Test("texts may be as long as they may, and every wrong field is named at once")
    func limits() async throws {
        let office = try await Office()
        let longest = LookDraft(
            welcomeTitle: .text(String(repeating: "é", count: PortalLook.maximumWelcomeTitleLength)),
            welcomeText: .text(String(repeating: "山", count: PortalLook.maximumWelcomeTextLength)))
        _ = try await office.flows.looks.change(office.portal.id, with: longest, by: .operator)
        let wrong = LookDraft(
            accent: .text("red"), welcomeTitle: .text(String(repeating: "é", count: PortalLook.maximumWelcomeTitleLength + 1)),
            welcomeText: .text(String(repeating: "山", count: PortalLook.maximumWelcomeTextLength + 1)))
        do {
            _ = try await office.flows.looks.change(office.portal.id, with: wrong, by: .operator)
            Issue.record("expected a refusal")
        } catch AccountError.invalidFields(let errors) {
            #expect(errors.map(\.field) == ["theme.colors.primary", "welcome.title", "welcome.text"])
        }
        for title in ["", " ", "a\nb", "a\u{202E}b"] {
            await #expect(throws: AccountError.self) {
                try await office.flows.looks.change(office.portal.id, with: LookDraft(welcomeTitle: .text(title)), by: .operator)
            }
        }
    }

    @Test("an image is there until it is taken away, once")
    func images() async throws {
        let office = try await Office()
        let (looks, portal) = (office.flows.looks, office.portal.id)
        await #expect(throws: AccountError.notFound("favicon")) { try await looks.image(.favicon, of: portal) }
        let image = try PortalImage(Self.gif, as: .favicon, field: "data")
        try await looks.set(image, as: .favicon, of: portal, by: .operator)
        #expect(try await looks.image(.favicon, of: portal) == image)
        await #expect(throws: AccountError.notFound("logo")) { try await looks.image(.logo, of: portal) }
        try await looks.remove(.favicon, of: portal, by: .operator)
        #expect(try await office.flows.portals.portal(portal).look == PortalLook())
        await #expect(throws: AccountError.notFound("favicon")) { try await looks.remove(.favicon, of: portal, by: .operator) }
    }
}

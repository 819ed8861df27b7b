import Accounts
import Testing

@testable import ConsolePages

@Suite("The look of a portal in the console")
struct LookConsoleTests {
    private static let path = "/portals/acme/look"

    @Test("colour and welcome are changed, shown in the preview, and brought back by emptying their fields")
    func change() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let saved = try await browser.submit(
                browser.get(Self.path), to: Self.path,
                ["theme.colors.primary": "#FC0", "welcome.title": "Hi <b>", "welcome.text": "One\r\nTwo", "step": "save"])
            #expect(saved.location == "\(Self.path)?done=look")
            let page = try await browser.get("\(Self.path)?done=look")
            #expect(page.contains("The look is changed.") && page.contains("value=\"#ffcc00\""))
            #expect(page.contains("<p class=\"title\">Hi &lt;b&gt;</p>"))
            let sheet = try await browser.get("\(Self.path)/preview.css")
            let accent = try #require(AccentColor("#ffcc00"))
            #expect(sheet.contains(".preview {") && sheet.contains("--accent: \(AccentPalette(accent).dark.accent);"))
            #expect(sheet.header("content-type") == "text/css; charset=utf-8")
            let emptied = try await browser.submit(page, to: Self.path, ["step": "save"])
            #expect(emptied.status == .seeOther)
        }
        let portal = try await console.flows.portals.portal(console.portal.id)
        #expect(portal.look == PortalLook())
    }

    @Test("what is wrong is told at its field, and what was typed stays")
    func wrong() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.submit(
                browser.get(Self.path), to: Self.path, ["theme.colors.primary": "red", "welcome.title": "Typed", "step": "save"])
            #expect(page.status == .badRequest)
            #expect(page.contains("id=\"theme.colors.primary-error\"") && page.contains("value=\"Typed\""))
            let unknown = try await browser.submit(browser.get(Self.path), to: Self.path, ["step": "explode"])
            #expect(unknown.status == .forbidden)
        }
        #expect(await !console.store.auditActions.contains(.portalLookChanged))
    }

    @Test("an image is shown harmlessly, and taken away")
    func images() async throws {
        let console = try await TestConsole()
        let image = try PortalImage(Array("<svg xmlns=\"x\"/>".utf8), as: .logo, field: "data")
        try await console.flows.looks.set(image, as: .logo, of: console.portal.id, by: .operator)
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get(Self.path)
            #expect(page.contains("<img src=\"\(Self.path)/logo\" alt=\"Logo\">"))
            let file = try await browser.get("\(Self.path)/logo")
            #expect(file.header("content-security-policy") == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
            let question = try await browser.post(
                Self.path, ["form_token": try #require(page.form(to: Self.path).hidden["form_token"]), "step": "remove-logo"])
            #expect(question.contains("Remove this image?"))
            #expect(try await browser.get("\(Self.path)/logo").status == .ok)
            let removed = try await browser.submit(question)
            #expect(removed.status == .seeOther)
            let gone = try await browser.get("\(Self.path)/logo")
            #expect(gone.status == .notFound)
        }
    }

    private static let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>"

    @Test("a file becomes the logo or the icon, and another takes its place", arguments: PortalImage.Kind.allCases)
    func upload(kind: PortalImage.Kind) async throws {
        let console = try await TestConsole()
        let path = "\(Self.path)/\(kind.rawValue)"
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get(Self.path)
            #expect(page.contains("None of its own.") && page.contains("enctype=\"multipart/form-data\" action=\"\(path)\""))
            for file in [Self.drawing, "GIF89a\u{1}"] {
                let answer = try await browser.upload(
                    path, fields: page.form(to: path).hidden, named: kind.rawValue, file: file)
                #expect(answer.location == "\(Self.path)?done=look")
                #expect(try await browser.get(path).body == file)
            }
            #expect(try await browser.get("\(Self.path)?done=look").contains("<img src=\"\(path)\""))
        }
        #expect(await console.store.auditActions.count { $0 == .portalLookChanged } == 2)
    }

    @Test(
        "a file that is no image, too large, or more than a drawing is refused at its field, and changes nothing",
        arguments: [
            (nil, "Choose a file first."),
            ("%PDF-1.7", "The file is not an image that pages can show."),
            ("<svg onload=\"alert(1)\"/>", "This drawing contains more than a drawing"),
            ("<svg><script>alert(1)</script></svg>", "This drawing contains more than a drawing"),
            ("GIF89a" + String(repeating: "a", count: 256 * 1024), "The file is larger than 256 KiB."),
        ] as [(String?, String)])
    func refusedUpload(file: String?, sentence: String) async throws {
        let console = try await TestConsole()
        let path = "\(Self.path)/logo"
        try await console.browse(as: .owner) { browser in
            let hidden = try await browser.get(Self.path).form(to: path).hidden
            let page = try await browser.upload(path, fields: hidden, named: "logo", file: file)
            #expect(page.status == .badRequest)
            #expect(page.contains("id=\"logo-error\"") && page.contains("href=\"#logo\"") && page.contains(sentence))
            #expect(page.contains("aria-describedby=\"logo-hint logo-error\""))
            #expect(try await browser.get(path).status == .notFound)
            let nothing = try await browser.upload(
                "\(Self.path)/banner", fields: hidden, named: "banner", file: Self.drawing)
            #expect(nothing.status == .notFound)
        }
        #expect(await !console.store.auditActions.contains(.portalLookChanged))
    }

    @Test(
        "a colour that is none is refused at its field, which says why in the page's language",
        arguments: [
            ("en", "Accent colour must be a colour such as #0b5f7a or #07a."),
            ("de", "„Akzentfarbe“ muss eine Farbe wie #0b5f7a oder #07a sein."),
        ])
    func refusedColor(language: String, reason: String) async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            _ = try await browser.get("/language/\(language)?returnTo=%2F")
            let page = try await browser.submit(
                browser.get(Self.path), ["theme.colors.primary": "orange", "step": "save"])
            #expect(page.status == .badRequest)
            let field = try page.field("theme.colors.primary")
            #expect(field.contains(reason))
            #expect(field.contains("aria-invalid=\"true\"") && field.contains("theme.colors.primary-error\""))
            #expect(page.contains("role=\"alert\" tabindex=\"-1\" autofocus"))
        }
    }

    @Test("a viewer sees the look and no button that changes it")
    func viewer() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok && !page.contains("name=\"step\"") && !page.contains("type=\"file\""))
            let mail = try await browser.get("/portals/acme/mail-texts/reset-password")
            #expect(mail.status == .ok && !mail.contains("name=\"step\""))
        }
    }
}

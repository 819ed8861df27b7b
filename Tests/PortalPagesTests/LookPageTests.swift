import Accounts
import Foundation
import HTTPTypes
import Testing

@testable import PortalPages

@Suite("The look of the pages")
struct LookPageTests {
    private static let svg = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)

    @Test("without settings a page has the usual mark, icon and colours")
    func defaults() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get("/")
            #expect(page.contains("<span class=\"mark\"") && !page.contains("<img"))
            #expect(page.contains("<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">"))
            #expect(page.contains("/assets/portal-") && !page.contains("/assets/accent-"))
            #expect(try page.text(of: "h1") == "Acme")
        }
    }

    @Test("a portal's own colour comes as a stylesheet of its own, for light and dark, that may be kept for good")
    func accent() async throws {
        let site = try await TestSite()
        _ = try await site.flows.looks.change(site.portal.id, with: LookDraft(accent: .text("#ffcc00")), by: .operator)
        let palette = AccentPalette(try #require(AccentColor("#ffcc00")))
        try await site.browse { browser in
            let page = try await browser.get("/login")
            let path = try #require(
                page.body.firstMatch(of: #/<link rel="stylesheet" href="(/assets/accent-[0-9a-f]{16}\.css)">/#)?.1)
            let usual = try #require(page.body.firstRange(of: "/assets/portal-"))
            #expect(usual.lowerBound < path.startIndex)
            let sheet = try await browser.get(String(path))
            #expect(sheet.status == .ok)
            #expect(sheet.header("content-type") == "text/css; charset=utf-8")
            #expect(sheet.header("cache-control") == "public, max-age=31536000, immutable")
            #expect(sheet.contains("--accent: \(palette.light.accent);") && sheet.contains("--accent: \(palette.dark.accent);"))
            #expect(!page.contains("style="))
            #expect(page.header("content-security-policy")?.contains("style-src 'self';") == true)
        }
    }

    @Test("the colours that an accent makes can be read on the grounds that the stylesheet has")
    func grounds() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            var sheets: [String] = []
            for link in try await browser.get("/").body.matches(of: #/rel="stylesheet" href="([^"]+)"/#) {
                sheets.append(try await browser.get(String(link.1)).body)
            }
            let sheet = try #require(sheets.first { $0.contains("--ground:") })
            let halves = sheet.split(separator: "prefers-color-scheme: dark", maxSplits: 1)
            for color in ["#ffcc00", "#000000", "#ffffff", "#0b5f7a", "#ff0066"].compactMap({ AccentColor($0) }) {
                let palette = AccentPalette(color)
                for (half, variant) in zip(halves, [palette.light, palette.dark]) {
                    let grounds = half.matches(of: /--(?:ground|surface): (#[0-9a-f]{6});/).compactMap { AccentColor($0.1) }
                    #expect(grounds.count == 2)
                    for ground in grounds { #expect(variant.accent.contrast(with: ground) >= 4.5, "\(color) on \(ground)") }
                }
            }
        }
    }

    @Test("logo and icon are the portal's own files, harmless and to be kept for good", arguments: PortalImage.Kind.allCases)
    func images(kind: PortalImage.Kind) async throws {
        let site = try await TestSite()
        let image = try PortalImage(Self.svg, as: kind, field: "data")
        try await site.flows.looks.set(image, as: kind, of: site.portal.id, by: .operator)
        let path = "/assets/\(image.reference.fileName(as: kind))"
        try await site.browse { browser in
            let page = try await browser.get("/")
            switch kind {
            case .logo:
                #expect(page.contains("<img class=\"logo\" src=\"\(path)\" alt=\"\">") && !page.contains("class=\"mark\""))
            case .favicon: #expect(page.contains("<link rel=\"icon\" href=\"\(path)\" type=\"image/svg+xml\">"))
            }
            let file = try await browser.get(path)
            #expect(file.status == .ok && Array(file.body.utf8) == Self.svg)
            #expect(file.header("content-type") == "image/svg+xml")
            #expect(file.header("content-security-policy") == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
            #expect(file.header("x-content-type-options") == "nosniff")
            #expect(file.header("cache-control") == "public, max-age=31536000, immutable")
            let head = try await browser.head(path)
            #expect(head.status == .ok && head.body.isEmpty)
        }
        try await site.flows.looks.remove(kind, of: site.portal.id, by: .operator)
        try await site.browse { browser in
            let gone = try await browser.get(path)
            #expect(gone.status == .notFound)
        }
    }

    @Test("another portal of the geo has neither the files nor the colours")
    func apart() async throws {
        let site = try await TestSite()
        let image = try PortalImage(Self.svg, as: .logo, field: "data")
        try await site.flows.looks.set(image, as: .logo, of: site.portal.id, by: .operator)
        let other = try await site.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
        try await site.browse(other) { browser in
            #expect(try await browser.get("/assets/\(image.reference.fileName(as: .logo))").status == .notFound)
            let page = try await browser.get("/")
            #expect(!page.contains("<img"))
        }
    }

    @Test("the welcome stands on the first page, as text")
    func welcome() async throws {
        let site = try await TestSite()
        let draft = LookDraft(welcomeTitle: .text("Build <b>now</b>"), welcomeText: .text("One & two\nThree"))
        _ = try await site.flows.looks.change(site.portal.id, with: draft, by: .operator)
        try await site.browse { browser in
            let page = try await browser.get("/")
            #expect(try page.text(of: "h1") == "Build &lt;b&gt;now&lt;/b&gt;")
            #expect(page.contains("<p class=\"lead typed\">One &amp; two\nThree</p>"))
            #expect(page.contains("Acme</a>"))
        }
    }
}

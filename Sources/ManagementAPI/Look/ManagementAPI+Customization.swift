import Accounts
import HTTPConventions
import Hummingbird

/// The look of a portal's pages, as far as the contract's words reach, and its welcome beside them.
extension ManagementAPI {
    /// `get-portal-customization`.
    @Sendable func getCustomization(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireCustomization(try await portal(in: context).look))
    }

    /// `replace-portal-customization`: what is not sent is taken away.
    @Sendable func replaceCustomization(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await changeCustomization(request, context: context, isWhole: true)
    }

    /// `update-portal-customization`: what is not sent stays as it is.
    @Sendable func updateCustomization(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await changeCustomization(request, context: context, isWhole: false)
    }

    private func changeCustomization(_ request: Request, context: NodeRequestContext, isWhole: Bool) async throws -> Response {
        let draft = try await LookDraft(request, context: context)
        let portal = try await flows.looks.change(
            id("portalId", of: "portal", in: context), with: draft, isWhole: isWhole, by: context.actor)
        return try .json(WireCustomization(portal.look))
    }
}

extension LookDraft {
    /// Reads the contract's `PortalCustomization`, without what these pages do not have.
    fileprivate init(_ request: Request, context: NodeRequestContext) async throws {
        self.init()
        var body = try await JSONBody(request, context: context)
        let color = body.optionalObject("theme") { theme -> String?? in
            theme.fixed("mode", to: .string("system"), reason: "must be system: each visitor's device says light or dark")
            theme.refuse("name", reason: "must be left out: there is one theme")
            return theme.optionalObject("colors") { $0.nullableString("primary") } ?? nil
        }
        accent = (color ?? nil).map(LookDraft.Text.init)
        let welcome = body.optionalObject("welcome") { welcome in
            (title: welcome.nullableString("title"), text: welcome.nullableString("text"))
        }
        welcomeTitle = welcome?.title.map(LookDraft.Text.init)
        welcomeText = welcome?.text.map(LookDraft.Text.init)
        for (name, what) in Self.missing { body.refuse(name, reason: "must be left out: \(what)") }
        for (name, what) in Self.missingOrNull { body.fixed(name, to: .null, reason: "must be null: \(what)") }
        try body.finish()
    }

    private static let missing: KeyValuePairs = [
        "layout": "pages have one layout", "menu": "pages have one menu",
        "spec_renderer": "documents of APIs are shown in one way",
    ]

    private static let missingOrNull: KeyValuePairs = [
        "css": "pages load no styles but those made from the colours", "robots": "portals have no robots.txt of their own",
    ]
}

/// The contract's `PortalCustomization`, as far as it is here; a colour that nobody chose is left out.
private struct WireCustomization: Encodable {
    struct Theme: Encodable {
        struct Colors: Encodable { let primary: String? }

        let mode = "system"
        let colors: Colors
    }

    struct Welcome: Encodable {
        @Nullable var title: String?
        @Nullable var text: String?
    }

    let theme: Theme
    let welcome: Welcome

    init(_ look: PortalLook) {
        theme = Theme(colors: .init(primary: look.accent?.description))
        welcome = Welcome(title: look.welcomeTitle, text: look.welcomeText)
    }
}

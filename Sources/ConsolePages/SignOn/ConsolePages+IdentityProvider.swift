import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// One identity provider of a portal: its fields, a trial of them, and its end.
extension ConsolePages {
    /// What an owner does with a provider, by the word that forms send.
    private enum ProviderStep: String {
        case save, test, remove
    }

    /// `GET /portals/{portal}/log-in/new`
    @Sendable func newIdentityProvider(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        return try show(
            IdentityProviderView(IdentityProviderForm(), provider: nil, at: portal, in: context), at: portal, in: context)
    }

    /// `POST /portals/{portal}/log-in/new`
    @Sendable func createIdentityProvider(
        _ form: FormFields, _ request: Request, context: ConsoleRequestContext
    ) async throws -> Response {
        let (portal, typed) = (try await portal(in: context), try IdentityProviderForm(form))
        let count = try await flows.identityProviders.providers(of: portal).count
        let isFull = count >= IdentityProviderAdministration.mostProviders
        return try await submit(conflict: isFull ? "console.signOn.tooMany" : "console.signOn.otherOn", in: context) {
            let provider = try await flows.identityProviders.create(typed.draft, of: portal, by: context.actor)
            return .redirect(to: "\(PortalArea.path(of: provider, at: portal))?done=created")
        } again: { message in
            let view = IdentityProviderView(typed, provider: nil, at: portal, refused: message, in: context)
            return try show(view, at: portal, in: context, refused: message)
        }
    }

    /// `GET /portals/{portal}/log-in/{provider}`
    @Sendable func identityProvider(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let (portal, provider) = try await portalAndProvider(in: context)
        let notice: String? =
            switch FormFields(queryOf: request)["done"] {
            case "created": context.book["console.signOn.created"]
            case "saved": context.book["console.signOn.changed"]
            default: nil
            }
        let form = IdentityProviderForm(provider, of: portal)
        return try show(
            IdentityProviderView(form, provider: provider, at: portal, notice: notice, in: context), at: portal, in: context)
    }

    /// `POST /portals/{portal}/log-in/{provider}`: saves, tests what is saved, or removes.
    @Sendable func changeIdentityProvider(
        _ form: FormFields, _ request: Request, context: ConsoleRequestContext
    ) async throws -> Response {
        let (portal, provider) = try await portalAndProvider(in: context)
        switch ProviderStep(rawValue: form["step"]) {
        case .save: return try await save(provider, as: IdentityProviderForm(form), at: portal, in: context)
        case .test:
            let steps = try await flows.identityProviders.examine(provider.id, of: portal)
            let view = IdentityProviderView(
                IdentityProviderForm(provider, of: portal), provider: provider, at: portal, examination: steps, in: context)
            return try show(view, at: portal, in: context)
        case .remove where form[ConfirmationView.field] != "yes":
            return try confirmRemoval(of: provider, at: portal, in: context)
        case .remove: return try await remove(provider, at: portal, in: context)
        case nil: throw ConsoleRefusal.unknownStep
        }
    }

    private func save(
        _ provider: IdentityProvider, as typed: IdentityProviderForm, at portal: Portal, in context: ConsoleRequestContext
    ) async throws -> Response {
        try await submit(conflict: typed.isEnabled ? "console.signOn.otherOn" : "console.signOn.lastMethod", in: context) {
            _ = try await flows.identityProviders.update(provider.id, with: typed.draft, of: portal, by: context.actor)
            return .redirect(to: "\(PortalArea.path(of: provider, at: portal))?done=saved")
        } again: { message in
            let view = IdentityProviderView(typed, provider: provider, at: portal, refused: message, in: context)
            return try show(view, at: portal, in: context, refused: message)
        }
    }

    private func remove(
        _ provider: IdentityProvider, at portal: Portal, in context: ConsoleRequestContext
    ) async throws -> Response {
        try await submit(conflict: "console.signOn.lastMethod", in: context) {
            try await flows.identityProviders.delete(provider.id, of: portal, by: context.actor)
            return .redirect(to: "\(PortalArea.logIn.path(at: portal))?done=removed")
        } again: { message in
            let form = IdentityProviderForm(provider, of: portal)
            let view = IdentityProviderView(form, provider: provider, at: portal, refused: message, in: context)
            return try show(view, at: portal, in: context, refused: message)
        }
    }

    private func confirmRemoval(
        of provider: IdentityProvider, at portal: Portal, in context: ConsoleRequestContext
    ) throws -> Response {
        let (book, path) = (context.book, PortalArea.path(of: provider, at: portal))
        let confirmation = ConfirmationView(
            title: book["console.signOn.removeTitle"], text: book["console.signOn.removeText"], names: [provider.issuer],
            action: path, fields: [("step", ProviderStep.remove.rawValue)], button: book["console.signOn.remove"], back: path)
        return try confirm(confirmation, at: .portal(portal, .logIn), in: context)
    }

    private func portalAndProvider(in context: ConsoleRequestContext) async throws -> (Portal, IdentityProvider) {
        let portal = try await portal(in: context)
        let provider = try await flows.identityProviders.provider(
            id("provider", of: "identity provider", in: context), of: portal)
        return (portal, provider)
    }

    private func show(
        _ view: IdentityProviderView, at portal: Portal, in context: ConsoleRequestContext, refused message: PageMessage? = nil
    ) throws -> Response {
        try renderer.response(
            .identityProvider, title: view.title, content: view, at: .portal(portal, .logIn), in: context,
            status: message?.status ?? .ok)
    }
}

import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// `GET /register`
    @Sendable func registrationForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        if context.visitor.developer != nil { return .redirect(to: "/") }
        return try show(FormPage(.register), to: request, in: context)
    }

    /// `POST /register`: whoever asks sees "check your mail", whether or not the address is known.
    @Sendable func register(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await submit(FormPage(.register, filledWith: form), form, from: request, in: context) {
            try await flows.registration.register(
                fullName: form[.fullName], email: form[.email], language: context.book.language, at: context.portal)
            return .redirect(to: "/login?registered=true")
        }
    }
}

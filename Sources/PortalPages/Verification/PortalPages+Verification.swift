import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// What a mailed link opens: one button. Looking at it uses nothing up, so a mail scanner that follows links does no harm.
    func verificationPage(token: String) -> FormPage {
        var page = FormPage(.verifyEmail)
        page.carry("token", token)
        return page
    }

    /// `POST /verify-email`: uses the token, and goes on to the first password.
    @Sendable func verifyEmail(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        let token = form["token"]
        return try await submit(verificationPage(token: token), form, from: request, in: context) {
            let verified = try await flows.verification.verify(token: token, at: context.portal)
            return .redirect(to: "/reset-password?token=\(verified.passwordToken)")
        }
    }
}

import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// One page of the console, or one form that it takes: where it is, who may, and what it does.
///
/// Who may stands in the table of routes, so that no route can be without it; and a form comes to its handler only with a token
/// that the console gave to this admin in this browser.
struct ConsoleRoute: Sendable {
    /// Makes a page.
    typealias Page = @Sendable (Request, ConsoleRequestContext) async throws -> Response
    /// Does what a form asks for.
    typealias Form = @Sendable (FormFields, Request, ConsoleRequestContext) async throws -> Response

    /// Does what a form with a file asks for.
    typealias Upload = @Sendable (MultipartForm, Request, ConsoleRequestContext) async throws -> Response

    enum Handler: Sendable {
        case page(Page)
        case form(Form)
        case upload(Upload)
    }

    /// Whom a route is for.
    enum Audience: Sendable {
        case everyAdmin
        case may(AdminPermission)
        /// Only shortly after the password was typed in this session.
        case mayAfterPassword(AdminPermission)

        /// - Throws: ``AccountError/forbidden(_:)``.
        func require(_ admin: Admin) throws {
            switch self {
            case .everyAdmin: break
            case .may(let permission), .mayAfterPassword(let permission): try admin.role.require(permission)
            }
        }

        var needsPassword: Bool {
            if case .mayAfterPassword = self { return true }
            return false
        }
    }

    /// Without a slash at the start.
    let path: String
    let audience: Audience
    let handler: Handler

    static func page(_ path: String, _ audience: Audience, _ page: @escaping Page) -> ConsoleRoute {
        ConsoleRoute(path: path, audience: audience, handler: .page(page))
    }

    static func form(_ path: String, _ audience: Audience, _ form: @escaping Form) -> ConsoleRoute {
        ConsoleRoute(path: path, audience: audience, handler: .form(form))
    }

    static func upload(_ path: String, _ audience: Audience, _ upload: @escaping Upload) -> ConsoleRoute {
        ConsoleRoute(path: path, audience: audience, handler: .upload(upload))
    }

    var method: HTTPRequest.Method {
        switch handler {
        case .page: .get
        case .form, .upload: .post
        }
    }

    /// Asks for the permission, for a recent password and for a form's token, before anything else.
    func operation(of access: ConsoleAccess, checking tokens: FormTokens, uploadLimit: Int) -> Page {
        { request, context in
            let session = try context.requireSession()
            try audience.require(session.admin)
            if audience.needsPassword, !access.isPasswordRecent(in: session) {
                let path = LocalPath(request.uri.path)?.encoded ?? ""
                return .redirect(to: "/confirm-password?returnTo=\(path)")
            }
            let check = { (token: String) in
                try AdminGuard.requireToken(token, from: request, of: session.admin, by: tokens)
            }
            switch handler {
            case .page(let page): return try await page(request, context)
            case .form(let form):
                let fields = try await FormFields(bodyOf: request, limit: context.maxUploadSize)
                try check(fields[FormTokens.fieldName])
                return try await form(fields, request, context)
            case .upload(let upload):
                let form = try await MultipartForm(bodyOf: request, limit: uploadLimit)
                try check(form[FormTokens.fieldName])
                return try await upload(form, request, context)
            }
        }
    }
}

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

    enum Handler: Sendable {
        case page(Page)
        case form(Form)
    }

    /// Without a slash at the start.
    let path: String
    let permission: AdminPermission
    let handler: Handler

    static func page(_ path: String, _ permission: AdminPermission, _ page: @escaping Page) -> ConsoleRoute {
        ConsoleRoute(path: path, permission: permission, handler: .page(page))
    }

    static func form(_ path: String, _ permission: AdminPermission, _ form: @escaping Form) -> ConsoleRoute {
        ConsoleRoute(path: path, permission: permission, handler: .form(form))
    }

    var method: HTTPRequest.Method {
        switch handler {
        case .page: .get
        case .form: .post
        }
    }

    /// Asks for the permission, and for a form's token, before anything else.
    func operation(checking tokens: FormTokens) -> Page {
        { request, context in
            guard let admin = context.admin else { throw AccountError.notAuthenticated }
            try admin.role.require(permission)
            switch handler {
            case .page(let page): return try await page(request, context)
            case .form(let form):
                let fields = try await FormFields(bodyOf: request, limit: context.maxUploadSize)
                try AdminGuard.requireToken(fields[FormTokens.fieldName], from: request, of: admin, by: tokens)
                return try await form(fields, request, context)
            }
        }
    }
}

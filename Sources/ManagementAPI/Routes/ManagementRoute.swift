import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// One operation of the management API: where it is, who may ask for it, and what it does.
///
/// Who may ask stands in the table of routes, so that no route can be without it.
struct ManagementRoute: Sendable {
    /// Whom an operation is for.
    enum Audience: Hashable, Sendable {
        case everyAdmin
        case may(AdminPermission)

        func takes(_ role: AdminRole) -> Bool {
            switch self {
            case .everyAdmin: true
            case .may(let permission): role.may(permission)
            }
        }

        /// - Throws: ``AccountError/notAuthenticated`` where nobody showed a token; ``AccountError/forbidden(_:)``.
        func require(_ admin: Admin?) throws {
            guard let admin else { throw AccountError.notAuthenticated }
            if case .may(let permission) = self { try admin.role.require(permission) }
        }
    }

    let method: HTTPRequest.Method
    /// Below `/v3`.
    let path: String
    let audience: Audience
    /// Asks for the permission, then does it.
    let operation: Operation

    init(_ method: HTTPRequest.Method, _ path: String, _ audience: Audience, _ operation: @escaping Operation) {
        self.method = method
        self.path = path
        self.audience = audience
        self.operation = { request, context in
            try audience.require(context.admin)
            return try await operation(request, context)
        }
    }
}

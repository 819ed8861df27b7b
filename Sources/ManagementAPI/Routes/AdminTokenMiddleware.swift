import Accounts
import Foundation
import HTTPConventions
import HTTPTypes
import Hummingbird

/// Lets nobody through without an admin's token (RFC 6750).
struct AdminTokenMiddleware: RouterMiddleware {
    let admins: AdminAccess

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.admin = try await admins.admin(showing: Self.bearerToken(of: request))
        return try await next(request, context)
    }

    private static func bearerToken(of request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }
}

import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

extension PortalAPI {
    /// `authenticate-sso`: 302 to the provider. `returnTo` is an absolute address of this portal.
    @Sendable func beginSignOn(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var query = try QueryParameters(request)
        let destination = query.text("returnTo")
        try query.finish()
        if let home = flows.links.canonicalHome(of: portal, forRequestTo: request.head.authority) {
            return .found(home + request.uri.string)
        }
        let departure = try await flows.signOn.begin(
            to: destination, from: SessionCookies.signOn(in: request), at: portal)
        return .found(departure.address, setting: [SessionCookies.leaving(departure)])
    }

    /// `oidc-callback`: 302 to where the person wanted to go, with the session's cookies.
    @Sendable func completeSignOn(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        let outcome = try await flows.signOn.complete(
            SignOn.Arrival(request), from: Client(sending: request, from: context.clientAddress), at: portal)
        return .found(outcome.address, setting: SessionCookies.setting(outcome, now: clock.now))
    }

    /// `oidc-backchannel-logout`: from the provider itself, without cookies (OpenID Connect Back-Channel Logout 1.0, section 2.5).
    @Sendable func providerLogOut(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        guard let type = request.headers[.contentType], let media = MediaType(from: type), media.type == .application,
            media.subType.lowercased() == "x-www-form-urlencoded"
        else {
            throw Problem(.unsupportedMediaType, detail: "Send the logout token as application/x-www-form-urlencoded")
        }
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        guard let form = try? URLEncodedFormDecoder().decode(LogOutForm.self, from: String(buffer: body)) else {
            return try .json(LogOutRefusal(), status: .badRequest)
        }
        do {
            try await flows.signOn.logOut(toldBy: form.logout_token, at: portal)
            return .empty(.ok)
        } catch SignOnError.providerUnavailable(let fault) {
            throw SignOnError.providerUnavailable(fault)
        } catch is SignOnError {
            return try .json(LogOutRefusal(), status: .badRequest)
        }
    }
}

/// By the names of the specification.
private struct LogOutForm: Decodable {
    let logout_token: String
}

private struct LogOutRefusal: Encodable {
    let error = "invalid_request"
}

extension Response {
    fileprivate static func found(_ address: String, setting cookies: [HTTPField] = []) -> Response {
        var response = Response.empty(.found, setting: cookies)
        response.headers[.location] = address
        return response
    }
}

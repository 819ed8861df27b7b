import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// The Portal API, version 3: what developers' clients call at a portal's host.
///
/// The operations on developers answer under `/api/v2` too, as the older client expects.
public struct PortalAPI: Sendable {
    /// The versions under which the developers' operations answer.
    static let versions = ["v3", "v2"]

    let flows: AccountFlows
    let clock: any WallClock

    public init(flows: AccountFlows, clock: any WallClock) {
        self.flows = flows
        self.clock = clock
    }

    /// Adds every operation of the API to a group that turns errors into problems.
    public func addRoutes(to router: some RouterMethods<NodeRequestContext>) {
        router.get("/api/v3/portal", use: portalContext)
        router.get("/api/v3/apis", use: listAPIs)
        for version in Self.versions {
            let developer = router.group("/api/\(version)/developer")
            developer.post(use: register)
            developer.post("verify-email", use: verifyEmail)
            developer.post("reset-password", use: resetPassword)
            developer.post("forgot-password", use: forgotPassword)
            developer.post("authenticate", use: authenticate)
            developer.post("refresh", use: refresh)
            developer.post("logout", use: logOut)
            developer.get("me", use: me)
        }
    }
}

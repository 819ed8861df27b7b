import Accounts
import Hummingbird

extension Client {
    /// Who sends a request, for throttling and for the list of sessions.
    ///
    /// - Parameter address: as the router tells it, or the other end of the connection.
    public init(sending request: Request, from address: String?) {
        self.init(
            address: address, agent: request.headers[.userAgent], device: request.cookies[SessionCookies.deviceName]?.value)
    }
}

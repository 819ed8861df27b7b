import Accounts
import HTTPTypes
import Hummingbird

/// The two cookies of a session, as the contract names them.
///
/// Host-only (no `Domain`), so that a browser never shows them to another portal or geo; `HttpOnly`, `Secure` and
/// `SameSite=Lax` always. Browsers treat `*.localhost` as trustworthy, so this also holds on a developer's machine.
public enum SessionCookies {
    public static let accessName = "portalaccesstoken"
    public static let refreshName = "portalrefreshtoken"

    /// What the request shows, whether or not it is good.
    public static func tokens(in request: Request) -> (access: String?, refresh: String?) {
        (request.cookies[accessName]?.value, request.cookies[refreshName]?.value)
    }

    /// Both of them, as far as the request shows them.
    public static func allTokens(in request: Request) -> [String] {
        let tokens = tokens(in: request)
        return [tokens.access, tokens.refresh].compactMap(\.self)
    }

    /// The `Set-Cookie` fields that give a client its tokens.
    public static func setting(_ tokens: SessionTokens, now: Timestamp) -> [HTTPField] {
        [
            field(accessName, tokens.access.value, seconds: seconds(from: now, to: tokens.accessExpiresAt)),
            field(refreshName, tokens.refresh.value, seconds: seconds(from: now, to: tokens.refreshExpiresAt)),
        ]
    }

    /// Knows a browser again at which its owner has logged in before; opens nothing.
    public static let deviceName = "portaldevice"

    /// The `Set-Cookie` fields that follow a log-in.
    public static func setting(_ logIn: LogIn.Outcome, now: Timestamp) -> [HTTPField] {
        setting(logIn.session, now: now) + [knowing(logIn.device)]
    }

    /// The `Set-Cookie` field by which a browser is known from now on.
    public static func knowing(_ device: String) -> HTTPField {
        field(deviceName, device, seconds: KnownDevices.lifetime.components.seconds)
    }

    /// Binds a log-in through an identity provider to the browser that began it. `Lax`, because the browser comes back from another
    /// site.
    public static let signOnName = "portalsignon"

    public static func signOn(in request: Request) -> String? { request.cookies[signOnName]?.value }

    /// The `Set-Cookie` field for a browser that goes to the provider.
    public static func leaving(_ departure: SignOn.Departure) -> HTTPField {
        field(signOnName, departure.browser, seconds: SignOn.attemptLifetime.components.seconds)
    }

    /// The `Set-Cookie` fields that follow a log-in through a provider.
    public static func setting(_ signOn: SignOn.Outcome, now: Timestamp) -> [HTTPField] { setting(signOn.session, now: now) }

    /// The `Set-Cookie` fields that take a client's tokens away.
    public static var clearing: [HTTPField] { [field(accessName, "", seconds: 0), field(refreshName, "", seconds: 0)] }

    private static func field(_ name: String, _ value: String, seconds: Int64) -> HTTPField {
        HTTPField(
            name: .setCookie, value: "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; Secure; SameSite=Lax")
    }

    private static func seconds(from now: Timestamp, to end: Timestamp) -> Int64 {
        max(0, (end.milliseconds - now.milliseconds + 999) / 1000)
    }
}

import Accounts
import Geography
import HTTPTypes
import Hummingbird

/// The cookies of the console: host-only, `HttpOnly`, `Secure`, `SameSite=Lax`, so that a mailed link opens a page of a session.
enum ConsoleCookies {
    static let session = "consolesession"
    /// Between the password and the second factor.
    static let ticket = "consoleticket"
    /// Knows a browser again at which an admin has logged in before; opens nothing.
    static let device = "consoledevice"

    /// What a browser keeps from now on. Session and ticket end with the browser, and on the server when their time is over.
    static func setting(_ entrance: ConsoleAccess.Entrance) -> [HTTPField] {
        [
            field(session, entrance.session.value), clearing(ticket),
            field(device, entrance.device, "; Max-Age=\(KnownDevices.lifetime.components.seconds)"),
        ]
    }

    static func setting(ticket credential: GeoCredential) -> HTTPField { field(ticket, credential.value) }

    static func clearing(_ name: String) -> HTTPField { field(name, "", "; Max-Age=0") }

    private static func field(_ name: String, _ value: String, _ age: String = "") -> HTTPField {
        HTTPField(name: .setCookie, value: "\(name)=\(value); Path=/\(age); HttpOnly; Secure; SameSite=Lax")
    }
}

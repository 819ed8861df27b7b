import Accounts
import HTTPTypes
import Hummingbird

extension SignOn.Arrival {
    /// What a browser brings back from a provider, in the query and in its cookie. Providers add parameters of their own, which say nothing
    /// here; one that stands twice is as good as none.
    public init(_ request: Request) {
        let query = request.uri.queryParameters
        func one(_ name: String) -> String? {
            let values = query[values: Substring(name)]
            return values.count == 1 ? String(values[0]) : nil
        }
        self.init(
            state: one("state"), code: one("code"), issuer: one("iss"), error: one("error"),
            browser: SessionCookies.signOn(in: request))
    }
}

extension SignOn.Outcome {
    /// Where the browser goes, told that it is logged in as the product's client expects it.
    public var address: String {
        let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let mark = parts[0].contains("?") ? "&" : "?"
        return "\(parts[0])\(mark)loginSuccess=true" + (parts.count == 2 ? "#\(parts[1])" : "")
    }
}

import Accounts
import Foundation

/// An address of a provider that may be asked, as far as its text tells.
struct ProviderAddress: Hashable, Sendable {
    let text: String
    let host: String
    let port: Int
    let isSecure: Bool

    /// Exactly as the provider wrote it; nothing is added to it or smoothed.
    ///
    /// - Throws: ``ProviderFault/addressNotAllowed`` for anything but https, and but plain http to this machine where that is allowed.
    init(_ text: String, rules: AddressRules) throws(ProviderFault) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), let written = parts.host, !written.isEmpty, parts.user == nil,
            parts.password == nil, parts.fragment == nil
        else { throw .addressNotAllowed }
        host = written.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        isSecure = scheme == "https"
        port = parts.port ?? (isSecure ? 443 : 80)
        self.text = text
        let isLocalName = host == "localhost" || host.hasSuffix(".localhost") || AddressRules.isLoopback(host)
        guard isSecure || scheme == "http" && rules.allowsLoopback && isLocalName, (1...65535).contains(port) else {
            throw .addressNotAllowed
        }
    }

    /// The address with further parameters in its query (RFC 6749, section 3.1: what it has is kept).
    func adding(_ parameters: KeyValuePairs<String, String>) -> String {
        adding(FormText(parameters).text)
    }

    func adding(_ query: String) -> String { text + (text.contains("?") ? "&" : "?") + query }
}

/// Names and values as `application/x-www-form-urlencoded`.
struct FormText {
    let text: String

    init(_ parameters: KeyValuePairs<String, String>) {
        text = parameters.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }

    /// RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

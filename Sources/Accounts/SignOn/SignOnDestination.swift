/// Where somebody goes after a log-in: an absolute address on one of the portal's own hosts.
struct SignOnDestination {
    static let maximumLength = 2048

    let address: String

    /// - Returns: nil for an address elsewhere, or one that two readers could understand differently.
    init?(_ text: String?, at portal: Portal, links: PortalLinks) {
        guard let text, !text.isEmpty else {
            address = links.home(of: portal) + "/"
            return
        }
        // Browsers read a backslash as a slash and drop white space (WHATWG URL, section 4.4).
        guard text.utf8.count <= Self.maximumLength,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let isOwn = links.origins(of: portal).contains { origin in
            guard text.lowercased().hasPrefix(origin) else { return false }
            let rest = text.dropFirst(origin.count)
            return rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") || rest.hasPrefix("#")
        }
        guard isOwn else { return nil }
        address = text
    }
}

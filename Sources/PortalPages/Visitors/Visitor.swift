import Accounts

/// Who looks at a page.
enum Visitor: Sendable {
    /// Nobody asked: the page is the same for everybody.
    case unknown
    case anonymous
    case developer(OpenSession)

    /// The session by which a developer looks.
    var session: OpenSession? {
        guard case .developer(let session) = self else { return nil }
        return session
    }

    var developer: Developer? { session?.developer }
}

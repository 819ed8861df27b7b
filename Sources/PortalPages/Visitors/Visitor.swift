import Accounts

/// Who looks at a page.
enum Visitor: Sendable {
    /// Nobody asked: the page is the same for everybody.
    case unknown
    case anonymous
    case developer(Developer)

    var developer: Developer? {
        guard case .developer(let developer) = self else { return nil }
        return developer
    }
}

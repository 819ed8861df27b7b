/// The page of an error as its template shows it.
struct ErrorView {
    let title: String
    let text: String?
    let ways: [PageMessage.Way]
    let hasWays: Bool
    /// What stands before the id.
    let reference: String
    let requestID: String
}

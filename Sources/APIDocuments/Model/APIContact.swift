/// Who answers questions about an API.
public struct APIContact: Sendable, Equatable {
    public let name: String?
    public let url: WebAddress?
    /// Plain text, not checked to be an address.
    public let email: String?
}

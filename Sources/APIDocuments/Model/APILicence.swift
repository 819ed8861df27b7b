/// Under which terms an API may be used.
public struct APILicence: Sendable, Equatable {
    public let name: String
    /// Of SPDX.
    public let identifier: String?
    public let url: WebAddress?
}

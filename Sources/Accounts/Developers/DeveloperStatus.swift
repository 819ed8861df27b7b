/// Where a registration stands.
///
/// ```
/// pending  -> approved | rejected
/// approved -> revoked
/// revoked  -> approved
/// rejected -> approved
/// ```
public enum DeveloperStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case pending, approved, rejected, revoked

    /// The statuses that may follow this one.
    public var successors: Set<DeveloperStatus> {
        switch self {
        case .pending: [.approved, .rejected]
        case .approved: [.revoked]
        case .revoked, .rejected: [.approved]
        }
    }

    /// The next status, where the machine has this step.
    ///
    /// - Throws: ``AccountError/invalidTransition(from:to:)``.
    public func transition(to next: DeveloperStatus) throws -> DeveloperStatus {
        guard successors.contains(next) else { throw AccountError.invalidTransition(from: self, to: next) }
        return next
    }
}

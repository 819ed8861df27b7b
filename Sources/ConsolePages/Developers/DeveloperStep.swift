import Accounts
import Languages

/// What an admin does with developers, by the word that forms send.
enum DeveloperStep: String, CaseIterable {
    case approve, reject, revoke, delete

    /// The step that a form asks for.
    ///
    /// - Throws: ``ConsoleRefusal/unknownStep``.
    init(asked word: String) throws {
        guard let step = DeveloperStep(rawValue: word) else { throw ConsoleRefusal.unknownStep }
        self = step
    }

    /// Whether a developer can be asked to take it.
    func suits(_ developer: Developer) -> Bool {
        switch self {
        case .approve:
            developer.status.successors.contains(.approved) && (developer.isVerified || developer.origin == .invitation)
        case .reject: developer.status.successors.contains(.rejected)
        case .revoke: developer.status.successors.contains(.revoked)
        case .delete: true
        }
    }

    /// What asks once more with so many developers, and what follows; nil for a step by which nobody loses anything.
    func confirmation(_ count: Int, in book: Phrasebook) -> (question: String, consequence: String)? {
        switch self {
        case .approve: nil
        case .reject: (book.text("console.steps.rejectQuestion", count: count), book["console.steps.rejectText"])
        case .revoke: (book.text("console.steps.revokeQuestion", count: count), book["console.steps.revokeText"])
        case .delete: (book.text("console.steps.deleteQuestion", count: count), book["console.steps.deleteText"])
        }
    }

    /// - Throws: as ``Accounts/Approval`` does.
    func take(on id: DeveloperID, at portal: Portal, by actor: AuditActor, approval: Approval) async throws {
        switch self {
        case .approve: _ = try await approval.approve(id, at: portal, by: actor)
        case .reject: _ = try await approval.reject(id, at: portal, by: actor)
        case .revoke: _ = try await approval.revoke(id, at: portal, by: actor)
        case .delete: try await approval.delete(id, at: portal, by: actor)
        }
    }

    func button(in book: Phrasebook) -> String {
        switch self {
        case .approve: book["console.steps.approve"]
        case .reject: book["console.steps.reject"]
        case .revoke: book["console.steps.revoke"]
        case .delete: book["console.steps.delete"]
        }
    }

    /// That it was done.
    func result(_ count: Int, in book: Phrasebook) -> String {
        switch self {
        case .approve: book.text("console.steps.approved", count: count)
        case .reject: book.text("console.steps.rejected", count: count)
        case .revoke: book.text("console.steps.revoked", count: count)
        case .delete: book.text("console.steps.deleted", count: count)
        }
    }
}

extension DeveloperStatus {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .pending: book["console.statuses.pending"]
        case .approved: book["console.statuses.approved"]
        case .rejected: book["console.statuses.rejected"]
        case .revoked: book["console.statuses.revoked"]
        }
    }
}

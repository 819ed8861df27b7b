import Accounts
import Languages

/// Entries of the audit log as a template shows them.
struct AuditListView {
    struct Row {
        let sequence: String
        let at: String
        let atDate: String
        /// The word of the log, which is the same in every language and in exports.
        let action: String
        let actor: String
        /// Whom or what it is about, by id.
        let about: String?
        /// "pending → approved"
        let change: String?
    }

    let rows: [Row]
    let hasRows: Bool

    init(_ entries: [AuditEntry], in book: Phrasebook) {
        rows = entries.map { entry in
            let event = entry.event
            let actor = Self.label(of: event.actor, in: book)
            return Row(
                sequence: book.number(Int(entry.sequence)), at: book.minute(entry.at), atDate: entry.at.iso8601,
                action: event.action.rawValue, actor: [actor, event.actor.id].compactMap(\.self).joined(separator: " "),
                about: event.developer?.description ?? event.subject ?? event.portal?.description,
                change: event.to.map { to in
                    [event.from?.label(in: book), to.label(in: book)].compactMap(\.self).joined(separator: " → ")
                })
        }
        hasRows = !rows.isEmpty
    }

    private static func label(of actor: AuditActor, in book: Phrasebook) -> String {
        switch actor {
        case .developer: book["console.audit.developer"]
        case .admin: book["console.audit.admin"]
        case .operator: book["console.audit.operator"]
        case .node: book["console.audit.node"]
        case .anonymous: book["console.audit.anonymous"]
        }
    }
}

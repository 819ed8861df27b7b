import Accounts
import Languages

/// Entries of the audit log as a template shows them.
struct AuditListView {
    /// Who did something, or what it is about.
    ///
    /// Its properties are called as nothing around is: a template looks for what is nil further outside, and a page about a developer has a name.
    struct Party {
        /// "admin"; nil where the name says it.
        let partyKind: String?
        /// nil for whoever has none any more, and for what never had one.
        let partyName: String?
        /// In parentheses behind the name.
        let partyDetail: String?
        let partyPath: String?
        let partyID: String?
        /// Whether it had a name and was deleted.
        let isGone: Bool
    }

    struct Row {
        let sequence: String
        let at: String
        let atDate: String
        let action: String
        /// The word of the log, which is the same in every language and in exports.
        let code: String
        let actor: Party
        /// Whom or what it is about.
        let about: Party?
        /// "pending → approved"
        let change: String?
    }

    let rows: [Row]
    let hasRows: Bool

    init(_ entries: [AuditEntry], names: AuditNames, in book: Phrasebook) {
        rows = entries.map { entry in
            let event = entry.event
            return Row(
                sequence: book.number(Int(entry.sequence)), at: book.minute(entry.at), atDate: entry.at.iso8601,
                action: event.action.label(in: book), code: event.action.rawValue,
                actor: Self.actor(event.actor, names, in: book), about: Self.about(event, names),
                change: event.to.map { to in
                    [event.from?.label(in: book), to.label(in: book)].compactMap(\.self).joined(separator: " → ")
                })
        }
        hasRows = !rows.isEmpty
    }

    private static func actor(_ actor: AuditActor, _ names: AuditNames, in book: Phrasebook) -> Party {
        let known = actor.id.flatMap { names[$0] }
        return Party(
            partyKind: label(of: actor, in: book), partyName: known?.name, partyDetail: known?.detail, partyPath: known?.path,
            partyID: actor.id,
            isGone: actor.id != nil && known == nil)
    }

    private static func about(_ event: AuditEvent, _ names: AuditNames) -> Party? {
        guard let id = event.developer?.description ?? event.subject ?? event.portal?.description, !id.isEmpty else { return nil }
        let known = names[id]
        let hadName = event.developer != nil || event.subject == nil || isAboutNamed(event.action)
        return Party(
            partyKind: nil, partyName: known?.name, partyDetail: known?.detail, partyPath: known?.path, partyID: id,
            isGone: hadName && known == nil)
    }

    /// Whether the subject is an API or an admin; others, such as sessions and tokens, have no name.
    private static func isAboutNamed(_ action: AuditEvent.Action) -> Bool {
        switch action {
        case .adminLoggedIn, .adminLoggedOut: false
        default: ["api.", "admin."].contains { action.rawValue.hasPrefix($0) }
        }
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

extension AuditEvent.Action {
    /// What happened, in the language of whoever reads it.
    func label(in book: Phrasebook) -> String { book["audit.\(rawValue)"] }
}

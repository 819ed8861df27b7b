import Accounts
import Foundation
import HTTPConventions
import Hummingbird

/// What `list-portal-idp-team-group-mappings` is asked for; what stands in both forms of a filter has to fit both.
struct TeamMappingQuery {
    let size: Int
    let teams: Set<UUID>
    let groups: Set<String>
    /// Ids, as an answer before had them.
    let after: String?
    let before: String?

    /// - Throws: `Problem` 400 naming what is wrong, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        size = query.pageSize()
        func uuid(_ name: String, isEmptyAllowed: Bool) -> UUID? {
            guard let text = query.text(name), !(text.isEmpty && isEmptyAllowed) else { return nil }
            if let id = UUID(uuidString: text) { return id }
            query.report(FieldError(field: name, rule: .isUUID, reason: "must be a UUID"))
            return nil
        }
        teams = Set(["filter[team_id]", "filter[team_id][eq]"].compactMap { uuid($0, isEmptyAllowed: false) })
        after = uuid("page[after]", isEmptyAllowed: true)?.uuidString.lowercased()
        before = uuid("page[before]", isEmptyAllowed: true)?.uuidString.lowercased()
        groups = Set(["filter[group]", "filter[group][eq]"].compactMap { query.text($0) })
        try query.finish()
    }

    /// Which mappings are meant, on all parts of the list.
    func matches(_ mapping: TeamMapping) -> Bool {
        teams.allSatisfy { $0 == mapping.team } && groups.allSatisfy { $0 == mapping.group }
    }

    /// Whether a mapping is on the side of the cursors that is asked for.
    func isBetweenCursors(_ mapping: TeamMapping) -> Bool {
        let id = mapping.id.description
        return (after.map { $0 < id } ?? true) && (before.map { id < $0 } ?? true)
    }

    /// The path of another part of the same list.
    func path(_ base: String, _ cursor: (name: String, place: TeamMappingID)?) -> String {
        var parameters = [("page[size]", String(size))]
        parameters += teams.map { ("filter[team_id][eq]", $0.uuidString.lowercased()) }
        parameters += groups.map { ("filter[group][eq]", $0) }
        if let cursor { parameters.append((cursor.name, cursor.place.description)) }
        let pairs = parameters.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
        return "\(base)?\(pairs.joined(separator: "&"))"
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}

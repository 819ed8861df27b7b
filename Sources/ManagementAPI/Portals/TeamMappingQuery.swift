import Accounts
import Foundation
import HTTPConventions
import Hummingbird

/// What `list-portal-idp-team-group-mappings` is asked for.
struct TeamMappingQuery {
    let size: Int
    let team: UUID?
    let group: String?
    let after: TeamMappingID?
    let before: TeamMappingID?

    /// - Throws: `Problem` 400 naming what is wrong, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        size = query.pageSize()
        func filter(_ field: String, in query: inout QueryParameters) -> String? {
            let (short, long) = (query.text("filter[\(field)]"), query.text("filter[\(field)][eq]"))
            if short != nil, long != nil {
                query.report(.invalid("filter[\(field)]", "must not stand beside filter[\(field)][eq]"))
            }
            return short ?? long
        }
        group = filter("group", in: &query)
        let team = filter("team_id", in: &query)
        self.team = team.flatMap { UUID(uuidString: $0) }
        if team != nil, self.team == nil { query.report(.invalid("filter[team_id]", "must be a UUID")) }
        func cursor(_ name: String, in query: inout QueryParameters) -> TeamMappingID? {
            guard let text = query.text(name), !text.isEmpty else { return nil }
            guard let id = TeamMappingID(text) else {
                query.report(.invalid(name, "must be as an answer before had it"))
                return nil
            }
            return id
        }
        after = cursor("page[after]", in: &query)
        before = cursor("page[before]", in: &query)
        if after != nil, before != nil { query.report(.invalid("page[before]", "must not stand beside page[after]")) }
        try query.finish()
    }

    func matches(_ mapping: TeamMapping) -> Bool {
        (team.map { $0 == mapping.team } ?? true) && (group.map { $0 == mapping.group } ?? true)
    }

    /// The path of another part of the same list.
    func path(_ base: String, _ cursor: (name: String, place: TeamMappingID)?) -> String {
        let parameters = [
            ("page[size]", String(size)), ("filter[team_id][eq]", team?.uuidString.lowercased()), ("filter[group][eq]", group),
            (cursor?.name ?? "", cursor?.place.description),
        ]
        let pairs = parameters.compactMap { name, text in text.map { "\(Self.encoded(name))=\(Self.encoded($0))" } }
        return "\(base)?\(pairs.joined(separator: "&"))"
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}

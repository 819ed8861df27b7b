/// How a parameter's value is written in a request (Parameter Object, `style` and `explode`).
struct ParameterStyle {
    private let name: String
    private let style: String
    private let isExploded: Bool
    private let isJSON: Bool

    init(of part: Part, named name: String, in location: APIParameter.Location, _ context: ReadingContext) {
        self.name = name
        let usual = location == .query || location == .cookie ? "form" : "simple"
        style = context.raw("style", of: part) ?? usual
        isExploded = part["explode"] == nil ? style == "form" : context.flag("explode", of: part)
        isJSON = part["content"] != nil
    }

    /// Names and values, of which only a query has more than one.
    func pairs(of value: DocumentValue, in location: APIParameter.Location, bytes limit: Int) -> [APIParameter.Pair] {
        let pairs = isJSON ? nil : location == .query ? queryPairs(of: value, limit) : text(of: value, limit).map { [pair($0)] }
        return pairs ?? [pair(JSONText.line(value, bytes: limit))]
    }

    private func queryPairs(of value: DocumentValue, _ limit: Int) -> [APIParameter.Pair]? {
        switch value.content {
        case .list(let list) where !list.isEmpty:
            let texts = list.prefix(Self.mostParts).map { JSONText.line($0, bytes: limit) }
            return isExploded ? texts.map(pair) : [pair(texts.joined(separator: separator))]
        case .object(let object) where !object.members.isEmpty:
            let members = object.members.prefix(Self.mostParts).map { ($0.name, JSONText.line($0.value, bytes: limit)) }
            if style == "deepObject" { return members.map { APIParameter.Pair(name: "\(name)[\($0)]", value: $1) } }
            guard isExploded else { return [pair(members.flatMap { [$0, $1] }.joined(separator: separator))] }
            return members.map { APIParameter.Pair(name: $0, value: $1) }
        default: return nil
        }
    }

    private func text(of value: DocumentValue, _ limit: Int) -> String? {
        switch value.content {
        case .list(let list): return list.prefix(Self.mostParts).map { JSONText.line($0, bytes: limit) }.joined(separator: ",")
        case .object(let object):
            let members = object.members.prefix(Self.mostParts).map { ($0.name, JSONText.line($0.value, bytes: limit)) }
            return members.flatMap { isExploded ? ["\($0)=\($1)"] : [$0, $1] }.joined(separator: ",")
        default: return nil
        }
    }

    private func pair(_ value: String) -> APIParameter.Pair { APIParameter.Pair(name: name, value: value) }

    private var separator: String {
        switch style {
        case "spaceDelimited": " "
        case "pipeDelimited": "|"
        default: ","
        }
    }

    private static let mostParts = 20
}

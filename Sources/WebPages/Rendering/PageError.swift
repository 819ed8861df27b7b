/// What can be wrong with the pages themselves; a build that starts has none of it.
public enum PageError: Error, Equatable, CustomStringConvertible {
    case unreadableTemplate(String, reason: String)
    case missingTemplate(String)

    public var description: String {
        switch self {
        case .unreadableTemplate(let name, let reason):
            "the template \(name) was expected to be Mustache, but \(reason); correct it and build again"
        case .missingTemplate(let name):
            "the template \(name) was expected among the pages' templates and is not there; add it and build again"
        }
    }
}

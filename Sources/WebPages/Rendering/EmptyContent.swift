/// What a template shows that shows nothing of its own.
public struct EmptyContent: Sendable {
    public init() {}
}

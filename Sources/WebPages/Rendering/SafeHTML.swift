import Mustache

/// HTML that was made by code of ours from values that it has escaped: a template shows it as it is.
public struct SafeHTML: Sendable, CustomStringConvertible {
    public let description: String

    public init(_ html: String) { description = html }
}

extension SafeHTML: MustacheCustomRenderable {
    public var renderText: String { description }
    public var isNull: Bool { description.isEmpty }
}

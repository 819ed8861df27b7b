/// HTML that goes into a page as it is: made of a fixed set of elements, everything else in it escaped.
///
/// Only this module makes it. It loads nothing, runs nothing, and has no ids, classes or styles.
public struct SafeHTML: Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(escaped html: String) { description = html }
}

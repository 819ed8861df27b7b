import Mustache

/// A view whose properties were read once, so that a template finds each by its name at the cost of a dictionary.
///
/// The template library looks up each name anew by reflection, in every view around it, and reads all properties of a view to find
/// one; that was most of what a page cost.
final class ReflectedContent: MustacheParent {
    private let children: [String: Any]

    private init(_ children: [String: Any]) { self.children = children }

    func child(named name: String) -> Any? { children[name] }

    /// What a template shows of a value: structs by their properties, however deep; anything that has a text of its own as it is.
    ///
    /// A property that is nil is left out, so that the name is looked for further outside, as the library has it.
    static func reading(_ value: Any) -> Any {
        if let array = value as? [Any] { return array.map(reading) }
        if value is any CustomStringConvertible || value is any MustacheCustomRenderable || value is any MustacheParent {
            return value
        }
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .struct || mirror.displayStyle == .tuple else { return value }
        var children: [String: Any] = [:]
        for (label, child) in mirror.children {
            guard let label, let present = unwrapped(child) else { continue }
            children[label] = reading(present)
        }
        return ReflectedContent(children)
    }

    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first?.value
    }
}

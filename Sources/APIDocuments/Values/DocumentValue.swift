import Languages

/// A value of a JSON or YAML document, with the place where it was written.
///
/// Two values are equal where their contents are; places are not compared.
public struct DocumentValue: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case null
        case boolean(Bool)
        /// As it was written: `1.10` stays `1.10`.
        case number(String)
        case text(String)
        case list([DocumentValue])
        case object(DocumentObject)
    }

    public let content: Content
    public let place: TextPlace?

    public init(_ content: Content, at place: TextPlace? = nil) {
        self.content = content
        self.place = place
    }

    public static func == (left: Self, right: Self) -> Bool { left.content == right.content }

    public var isNull: Bool { content == .null }

    public var object: DocumentObject? {
        guard case .object(let object) = content else { return nil }
        return object
    }

    public var list: [DocumentValue]? {
        guard case .list(let list) = content else { return nil }
        return list
    }

    /// A text, or a number as it was written: `version: 1.10` is a text to whoever asks for one.
    public var text: String? {
        switch content {
        case .text(let text), .number(let text): text
        default: nil
        }
    }

    public var boolean: Bool? {
        guard case .boolean(let boolean) = content else { return nil }
        return boolean
    }

    /// The value of a number that is finite.
    public var number: Double? {
        guard case .number(let text) = content, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The member of an object; nil where this is no object or the object has no such member.
    public subscript(name: String) -> DocumentValue? { object?[name] }

    /// What this is, for messages.
    var kind: Wording {
        switch content {
        case .null: "nothing"
        case .boolean(let boolean): "\(String(boolean))"
        case .number(let text): "the number \(Quotation.of(text))"
        case .text(let text): "the text \(Quotation.of(text))"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

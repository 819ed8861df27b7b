/// A sentence with values in it that can still be said in another language.
///
/// Whoever writes it writes English, as in a string:
/// ```swift
/// let wording: Wording = "expected at most \(limit) bytes, found \(size)"
/// "\(wording)"                             // in English
/// Phrasebook.of(.german).text(wording)     // from de-wordings.yaml, by the pattern
/// ```
/// Its pattern, `expected at most {a} bytes, found {b}`, is the name of its translations. A value may be a wording itself.
public struct Wording: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    public indirect enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        case wording(Wording)
    }

    /// In English, with `{a}`, `{b}` and so on where the values stand.
    public let pattern: String
    public let values: [Value]

    public init(pattern: String, values: [Value] = []) {
        self.pattern = pattern
        self.values = values
    }

    public init(stringLiteral text: String) { self.init(pattern: text) }

    public init(stringInterpolation: Interpolation) {
        self.init(pattern: stringInterpolation.pattern, values: stringInterpolation.values)
    }

    /// In English, as programs read it.
    public var description: String {
        Phrasebook.filled(
            pattern,
            with: named { value in
                switch value {
                case .text(let text): text
                case .number(let number): String(number)
                case .wording(let wording): wording.description
                }
            })
    }

    /// The values by the names of their places.
    func named(_ said: (Value) -> String) -> [String: String] {
        Dictionary(uniqueKeysWithValues: values.enumerated().map { (Self.name(of: $0.offset), said($0.element)) })
    }

    /// Letters, as in all texts: a, b, c.
    static func name(of place: Int) -> String { String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(place, 25)))) }

    public struct Interpolation: StringInterpolationProtocol {
        var pattern = ""
        var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { pattern += literal }

        public mutating func appendInterpolation(_ text: String) { append(.text(text)) }

        public mutating func appendInterpolation(_ number: Int) { append(.number(number)) }

        public mutating func appendInterpolation(_ wording: Wording) { append(.wording(wording)) }

        private mutating func append(_ value: Value) {
            pattern += "{\(Wording.name(of: values.count))}"
            values.append(value)
        }
    }
}

extension Phrasebook {
    /// A wording in this language; in English where the language has none of this pattern, as for what a library says.
    public func text(_ wording: Wording) -> String {
        let pattern = phrase("\(Self.wordings).\(wording.pattern)") ?? wording.pattern
        return Self.filled(
            pattern,
            with: wording.named { value in
                switch value {
                case .text(let text): text
                case .number(let number): self.number(number)
                case .wording(let wording): text(wording)
                }
            })
    }

    /// A wording in this language; nil where the language has none of this pattern.
    public func translation(of wording: Wording) -> String? {
        language == .english || phrase("\(Self.wordings).\(wording.pattern)") != nil ? text(wording) : nil
    }

    /// What the names of translated patterns begin with.
    static let wordings = "wordings"
}

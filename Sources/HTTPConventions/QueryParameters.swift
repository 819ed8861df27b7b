import Accounts
import Foundation
import Hummingbird

/// The parameters in a request's query, read strictly: every one must be known, stand once, and be of its type.
///
/// ```swift
/// var query = try QueryParameters(request)
/// let page = query.page()
/// try query.finish()
/// ```
/// Errors are gathered, so that an answer names every wrong parameter at once.
public struct QueryParameters {
    private var texts: [String: String] = [:]
    private var known: Set<String> = []
    private var errors: [FieldError] = []

    /// - Throws: ``Problem`` 400 where a percent sign is no escape, or what is escaped no UTF-8.
    public init(_ request: Request) throws {
        for (name, text) in try Self.parameters(of: request) {
            if texts.updateValue(text, forKey: name) != nil { errors.append(.invalid(name, "stands more than once")) }
        }
    }

    public mutating func text(_ name: String) -> String? {
        known.insert(name)
        return texts[name]
    }

    /// The parameters whose names begin so, of which there may be any.
    public mutating func texts(prefixed prefix: String) -> [String: String] {
        let found = texts.filter { $0.key.hasPrefix(prefix) }
        known.formUnion(found.keys)
        return found
    }

    public mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text) else {
            return refuse(FieldError(field: name, rule: .isNumber, reason: "\"\(name)\" must be a number"))
        }
        if value < range.lowerBound {
            return refuse(
                FieldError(field: name, rule: .minimum(range.lowerBound), reason: "must be at least \(range.lowerBound)"))
        }
        if value > range.upperBound {
            return refuse(
                FieldError(field: name, rule: .maximum(range.upperBound), reason: "must be at most \(range.upperBound)"))
        }
        return value
    }

    public mutating func boolean(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        return Bool(text) ?? refuse(FieldError(field: name, rule: .isBoolean, reason: "must be true or false"))
    }

    public mutating func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        text(name).flatMap { choice($0, of: type, for: name) }
    }

    /// One of the words of a parameter whose text holds several.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, of type: Choice.Type, for name: String
    ) -> Choice? where Choice.RawValue == String {
        if let choice = Choice(rawValue: text) { return choice }
        return refuse(.choices(name, Choice.allCases.map(\.rawValue)))
    }

    /// A moment as RFC 3339 has it.
    public mutating func moment(_ name: String) -> Timestamp? {
        guard let text = text(name) else { return nil }
        return Timestamp(rfc3339: text) ?? refuse(.noMoment(name))
    }

    /// An id that a geo minted.
    public mutating func id<Entity>(_ name: String, of type: Entity.Type) -> EntityID<Entity>? {
        guard let text = text(name) else { return nil }
        return EntityID<Entity>(text)
            ?? refuse(FieldError(field: name, rule: .isUUID, reason: "must be an id such as the lists of this API have"))
    }

    /// Has ``finish()`` name an error.
    public mutating func report(_ error: FieldError) { errors.append(error) }

    /// Reports an error, and is nil, for a reader to return.
    mutating func refuse<Value>(_ error: FieldError) -> Value? {
        report(error)
        return nil
    }

    /// - Throws: ``Problem`` 400 that names every wrong or unknown parameter, with the source `query`.
    public func finish() throws {
        let unknown = Set(texts.keys).subtracting(known).sorted().map {
            FieldError(field: $0, rule: .unknownProperty, reason: "\"\($0)\" is not allowed")
        }
        guard errors.isEmpty, unknown.isEmpty else { throw Problem.invalid(errors + unknown, in: "query") }
    }

    private static let undecodable = FieldError.invalid(
        "query", "has a percent sign that is no escape, or bytes that are no UTF-8")

    /// Names and values as HTML forms and URL libraries encode them: `%5B` for a bracket, `+` for a space.
    private static func parameters(of request: Request) throws -> [(name: String, text: String)] {
        try (request.uri.query ?? "").split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = halves.compactMap { $0.replacing("+", with: " ").removingPercentEncoding }
            guard decoded.count == halves.count, let name = decoded.first else {
                throw Problem.invalid([Self.undecodable], in: "query")
            }
            return (name, decoded.count == 2 ? decoded[1] : "")
        }
    }
}

extension FieldError {
    static func choices(_ field: String, _ words: [String]) -> FieldError {
        FieldError(field: field, rule: .choices(words), reason: "must be one of [\(words.joined(separator: ", "))]")
    }

    static func noMoment(_ field: String) -> FieldError {
        .invalid(field, "must be a date and time as RFC 3339 has them, such as 2026-12-31T23:59:59Z")
    }
}

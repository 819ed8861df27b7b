import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Languages

/// The JSON object in a request's body, read strictly: every property must be known and of its type.
///
/// ```swift
/// var body = try await JSONBody(request, context: context)
/// let email = body.requiredString("email")
/// try body.finish()
/// ```
/// Errors are gathered, so that an answer names every wrong field at once.
public struct JSONBody {
    private var properties: [String: JSONValue]
    private var known: Set<String> = []
    private var errors: [FieldError] = []

    /// - Parameters:
    ///   - limit: the most bytes, where it is another than the usual.
    ///   - origin: where that comes from, for whoever sends more.
    /// - Throws: ``Problem`` 415 for another content type, 413 for too many bytes, 400 for what is no JSON object.
    public init(_ request: Request, context: NodeRequestContext, limit: Int? = nil, from origin: String? = nil) async throws {
        guard let type = request.headers[.contentType], Self.isJSON(type) else {
            throw Problem(.unsupportedMediaType, detail: "Send the body as application/json")
        }
        let buffer = try await Self.collected(request, upTo: limit ?? context.maxUploadSize, from: origin)
        // A decoder would take UTF-16 too, in which every character of JSON's own has a zero byte (RFC 8259, section 8.1).
        guard !buffer.readableBytesView.contains(0),
            let value = try? JSONDecoder().decode(JSONValue.self, from: Data(buffer.readableBytesView))
        else {
            throw Problem.invalid([FieldError(field: "body", rule: .isObject, reason: "must be a JSON object in UTF-8")])
        }
        guard case .object(let properties) = value else {
            throw Problem.invalid([FieldError(field: "body", rule: .isObject, reason: "must be a JSON object")])
        }
        self.properties = properties
    }

    private static func collected(_ request: Request, upTo limit: Int, from origin: String?) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: limit)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            let reason = origin.map { ", which is \($0)" } ?? ""
            throw Problem(.contentTooLarge, detail: "The body has more than \(limit) bytes\(reason)")
        }
    }

    private init(properties: [String: JSONValue]) { self.properties = properties }

    /// A text that must be there; the empty text where it is missing, which ``finish()`` then reports.
    public mutating func requiredString(_ name: String) -> String {
        if let text = optionalString(name) { return text }
        if properties[name] == nil { errors.append(.required(name)) }
        return ""
    }

    public mutating func optionalString(_ name: String) -> String? {
        switch take(name) {
        case nil: return nil
        case .string(let text): return text
        default: return wrong(name, .isString, "must be a string")
        }
    }

    public mutating func optionalBoolean(_ name: String) -> Bool? {
        switch take(name) {
        case nil: return nil
        case .boolean(let value): return value
        default: return wrong(name, .isBoolean, "must be true or false")
        }
    }

    public mutating func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ name: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        switch take(name) {
        case nil: return nil
        case .string(let text):
            if let choice = Choice(rawValue: text) { return choice }
            fallthrough
        default:
            errors.append(.choices(name, Choice.allCases.map(\.rawValue)))
            return nil
        }
    }

    /// A moment as RFC 3339 has it.
    public mutating func optionalMoment(_ name: String) -> Timestamp? {
        guard let text = optionalString(name) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            errors.append(.noMoment(name))
            return nil
        }
        return moment
    }

    /// A text that may also be null: `.some(nil)` for null.
    public mutating func nullableString(_ name: String) -> String?? {
        if take(name) == .null { return .some(nil) }
        return optionalString(name).map { .some($0) }
    }

    /// An object of texts by name, each of which may be null; null for the whole is an empty one.
    public mutating func optionalStringMap(_ name: String) -> [String: String?]? {
        switch take(name) {
        case nil: return nil
        case .null: return [:]
        case .object(let members):
            var texts: [String: String?] = [:]
            for (key, value) in members {
                switch value {
                case .string(let text): texts[key] = text
                case .null: texts.updateValue(nil, forKey: key)
                default: errors.append(FieldError(field: "\(name).\(key)", rule: .isString, reason: "must be a string"))
                }
            }
            return texts
        default: return wrong(name, .isObject, "must be an object of strings")
        }
    }

    /// A list of texts.
    public mutating func optionalStrings(_ name: String) -> [String]? {
        switch take(name) {
        case nil: return nil
        case .array(let values):
            let texts = values.compactMap { value -> String? in
                guard case .string(let text) = value else { return nil }
                return text
            }
            return texts.count == values.count ? texts : wrong(name, .isString, "must be a list of strings")
        default: return wrong(name, .isString, "must be a list of strings")
        }
    }

    /// An object, whose properties are read as strictly; its errors name them as `spec.content`.
    public mutating func optionalObject<Value>(_ name: String, _ read: (inout JSONBody) -> Value) -> Value? {
        switch take(name) {
        case nil: return nil
        case .object(let members):
            var inner = JSONBody(properties: members)
            let value = read(&inner)
            errors += inner.allErrors.map { FieldError(field: "\(name).\($0.field)", rule: $0.rule, reason: $0.wording) }
            return value
        default: return wrong(name, .isObject, "must be an object")
        }
    }

    /// A list of objects, each of which is read as strictly; errors name them as `data.0.team_id`.
    public mutating func optionalObjects<Value>(_ name: String, _ read: (inout JSONBody) -> Value) -> [Value]? {
        switch take(name) {
        case nil: return nil
        case .array(let values):
            return values.enumerated().compactMap { index, value in
                guard case .object(let members) = value else { return wrong("\(name).\(index)", .isObject, "must be an object") }
                var inner = JSONBody(properties: members)
                let read = read(&inner)
                errors += inner.allErrors.map {
                    FieldError(field: "\(name).\(index).\($0.field)", rule: $0.rule, reason: $0.wording)
                }
                return read
            }
        default: return wrong(name, .isArray, "must be an array of objects")
        }
    }

    /// A UUID of anybody's making that must be there; nil for what ``finish()`` then reports.
    public mutating func requiredUUID(_ name: String) -> UUID? {
        guard let text = optionalString(name) else {
            if properties[name] == nil { errors.append(.required(name)) }
            return nil
        }
        return UUID(uuidString: text) ?? wrong(name, .isUUID, "must be a UUID")
    }

    /// An object that may also be null: `.some(nil)` for null.
    public mutating func nullableObject<Value>(_ name: String, _ read: (inout JSONBody) -> Value) -> Value?? {
        if take(name) == .null { return .some(nil) }
        return optionalObject(name, read).map { .some($0) }
    }

    /// Accepts a property whose only meaningful value is the one given; anything else is refused with the reason.
    public mutating func fixed(_ name: String, to value: JSONValue, reason: Wording) {
        guard let found = take(name), found != value else { return }
        errors.append(.invalid(name, reason))
    }

    /// Accepts no value of a property, for the reason given.
    public mutating func refuse(_ name: String, reason: Wording) {
        if take(name) != nil { errors.append(.invalid(name, reason)) }
    }

    /// Accepts a property of any value and leaves it out of account.
    public mutating func ignore(_ name: String) { known.insert(name) }

    /// - Throws: ``Problem`` 400 that names every wrong, missing or unknown property.
    public func finish() throws {
        guard allErrors.isEmpty else { throw Problem.invalid(allErrors) }
    }

    private var allErrors: [FieldError] {
        errors
            + Set(properties.keys).subtracting(known).sorted().map {
                FieldError(field: $0, rule: .unknownProperty, reason: "is not allowed")
            }
    }

    /// Finishes, where one property that was read has to be there.
    ///
    /// - Throws: ``Problem`` 400 as ``finish()``, naming the property where it is missing.
    public mutating func finish<Value>(requiring value: Value?, named name: String) throws -> Value {
        if value == nil, properties[name] == nil { errors.append(.required(name)) }
        try finish()
        guard let value else { throw Problem.invalid([.required(name)]) }
        return value
    }

    private mutating func take(_ name: String) -> JSONValue? {
        known.insert(name)
        return properties[name]
    }

    private mutating func wrong<Value>(_ name: String, _ rule: FieldError.Rule, _ reason: Wording) -> Value? {
        errors.append(FieldError(field: name, rule: rule, reason: reason))
        return nil
    }

    private static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}

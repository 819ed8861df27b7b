import Accounts
import Foundation
import Hummingbird

/// The query of a list: `page[size]`, `page[number]`, and whatever else the operation knows.
///
/// A parameter that the operation does not know is an error, as the contracts have it for filters.
public struct PageQuery {
    public let page: PageRequest
    /// The other parameters by name, percent-decoded.
    public let others: [String: String]

    /// - Parameter names: the operation's other parameters.
    /// - Throws: ``Problem`` 400 naming each wrong parameter, with the source `query`.
    public init(_ request: Request, allowing names: Set<String> = []) throws {
        var errors: [FieldError] = []
        var size = PageRequest.defaultSize
        var number = 1
        var others: [String: String] = [:]
        var seen: Set<String> = []
        for (name, text) in try Self.parameters(of: request) {
            guard seen.insert(name).inserted else {
                errors.append(.invalid(name, "stands more than once"))
                continue
            }
            switch name {
            case "page[size]": size = Self.integer(text, name, 1...PageRequest.maximumSize, &errors) ?? size
            case "page[number]": number = Self.integer(text, name, 1...1_000_000, &errors) ?? number
            case _ where names.contains(name): others[name] = text
            default:
                errors.append(FieldError(field: name, rule: .unknownProperty, reason: "\"\(name)\" is not allowed"))
            }
        }
        guard errors.isEmpty else { throw Problem.invalid(errors, in: "query") }
        page = PageRequest(number: number, size: size)
        self.others = others
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

    private static func integer(_ text: String, _ name: String, _ range: ClosedRange<Int>, _ errors: inout [FieldError]) -> Int? {
        // The contracts allow an empty value.
        if text.isEmpty { return nil }
        guard let value = Int(text) else {
            errors.append(FieldError(field: name, rule: .isNumber, reason: "\"\(name)\" must be a number"))
            return nil
        }
        if value < range.lowerBound {
            errors.append(
                FieldError(field: name, rule: .minimum(range.lowerBound), reason: "must be at least \(range.lowerBound)"))
        } else if value > range.upperBound {
            errors.append(
                FieldError(field: name, rule: .maximum(range.upperBound), reason: "must be at most \(range.upperBound)"))
        }
        return value
    }
}

/// One page of a list, as the contracts put it on the wire.
public struct WirePage<Element: Encodable>: Encodable {
    public struct Meta: Encodable {
        public struct Numbers: Encodable {
            let number: Int
            let size: Int
            let total: Int
        }

        let page: Numbers
    }

    let data: [Element]
    let meta: Meta

    public init(_ data: [Element], page: PageRequest, total: Int) {
        self.data = data
        meta = Meta(page: .init(number: page.number, size: page.size, total: total))
    }
}

/// A value that is written as `null` where it is nil, as the contracts' required and nullable properties are.
@propertyWrapper
public struct Nullable<Value: Encodable>: Encodable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
    }
}

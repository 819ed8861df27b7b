import Accounts
import Foundation
import HTTPTypes
import Hummingbird

/// An error as the contracts put it on the wire: `application/problem+json` (RFC 9457) with `status`, `title`, `instance` and
/// `detail`, and `invalid_parameters` where the input is at fault.
///
/// It never repeats what the request held, but for the names of fields.
public struct Problem: Error, Equatable, Sendable {
    public static let mediaType = "application/problem+json"

    public let status: HTTPResponse.Status
    public let title: String
    public let detail: String
    public let invalidParameters: [FieldError]
    /// Where a wrong field was: `body`, `query` or `path`.
    public let source: String
    /// Further header fields, such as `Retry-After`.
    public let headers: HTTPFields

    public init(
        _ status: HTTPResponse.Status, title: String? = nil, detail: String, invalidParameters: [FieldError] = [],
        source: String = "body", headers: HTTPFields = [:]
    ) {
        self.status = status
        self.title = title ?? status.reasonPhrase
        self.detail = detail
        self.invalidParameters = invalidParameters
        self.source = source
        self.headers = headers
    }

    /// The answer to an input with wrong fields.
    public static func invalid(_ errors: [FieldError], in source: String = "body") -> Problem {
        var named: Set<FieldError> = []
        let distinct = errors.filter { named.insert($0).inserted }
        return Problem(
            .badRequest, title: "Invalid Request", detail: "Invalid Parameters", invalidParameters: distinct, source: source)
    }

    /// The host is none of this node's (RFC 9110, section 15.5.20).
    public static let misdirected = Problem(
        .misdirectedRequest, title: "Misdirected Request",
        detail: "This host belongs to no portal or API of this geo. Check the address; each geo has its own.")

    public static let unauthorized = Problem(
        .unauthorized, title: "Unauthorized", detail: "Log in, or send a valid token of this geo.",
        headers: [.wwwAuthenticate: "Bearer"])

    /// The response, with the id under which the request is logged.
    public func response(requestID: String) -> Response {
        var headers = self.headers
        headers[.contentType] = Self.mediaType
        headers[.cacheControl] = "no-store"
        headers[.xContentTypeOptions] = "nosniff"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json(requestID: requestID))))
    }

    private func json(requestID: String) -> Data {
        let wire = WireProblem(
            status: status.code, title: title, instance: "portolan:trace:\(requestID)", detail: detail,
            invalidParameters: invalidParameters.isEmpty ? nil : invalidParameters.map { WireField($0, source: source) })
        // A value of strings and numbers always encodes.
        return (try? JSONEncoder.wire.encode(wire)) ?? Data("{}".utf8)
    }
}

private struct WireProblem: Encodable {
    let status: Int
    let title: String
    let instance: String
    let detail: String
    let invalidParameters: [WireField]?
}

/// The contract's `InvalidParameter…` schemas.
private struct WireField: Encodable {
    let field: String
    let reason: String
    let source: String
    var rule: String?
    var minimum: Int?
    var maximum: Int?
    var choices: [String]?

    init(_ error: FieldError, source: String) {
        field = error.field
        reason = error.reason
        self.source = source
        switch error.rule {
        case .required: rule = "required"
        case .invalid: rule = "invalid"
        case .unknownProperty: rule = "unknown_property"
        case .isString: rule = "is_string"
        case .isBoolean: rule = "is_boolean"
        case .isNumber: rule = "is_number"
        case .isObject: rule = "is_object"
        case .isArray: rule = "is_array"
        case .isUUID: rule = "is_uuid"
        case .minimumLength(let limit): (rule, minimum) = ("min_length", limit)
        case .maximumLength(let limit): (rule, maximum) = ("max_length", limit)
        case .minimum(let limit): (rule, minimum) = ("min", limit)
        case .maximum(let limit): (rule, maximum) = ("max", limit)
        case .choices(let words): (rule, choices) = ("enum", words)
        }
    }
}

extension JSONEncoder {
    /// The contracts' JSON: `snake_case` keys, slashes as they are.
    public static var wire: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

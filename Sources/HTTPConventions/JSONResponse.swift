import Accounts
import Foundation
import HTTPTypes
import Hummingbird

extension Response {
    /// A value as the contracts' JSON; never stored by caches, because it may be about a person.
    public static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        let data = try JSONEncoder.wire.encode(value)
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// A status without a body.
    public static func empty(_ status: HTTPResponse.Status, setting cookies: [HTTPField] = []) -> Response {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        for cookie in cookies { headers.append(cookie) }
        return Response(status: status, headers: headers)
    }
}

extension Timestamp {
    /// The contracts' `date-time`.
    public var wire: String { iso8601 }
}

import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// A browser with its own cookies. It follows no redirect by itself.
package actor Browser {
    private let client: any TestClientProtocol
    package private(set) var cookies: [String: String] = [:]

    package init(_ client: any TestClientProtocol) { self.client = client }

    package func get(_ path: String, headers: HTTPFields = [:]) async throws -> WebPage {
        try await send(.get, path, headers: headers)
    }

    package func head(_ path: String) async throws -> WebPage { try await send(.head, path) }

    /// Posts fields as a browser does from a page of the site.
    package func post(_ path: String, _ fields: [String: String], headers: HTTPFields = [:]) async throws -> WebPage {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let body = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await send(.post, path, headers: headers, body: body)
    }

    /// Posts a form with a file as a browser does.
    package func upload(_ path: String, fields: [String: String], named name: String = "file", file: String? = nil) async throws
        -> WebPage
    {
        let boundary = "----WebKitFormBoundaryAbCd1234"
        var body = ""
        for (field, value) in fields {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"a.yaml\"\r\n"
        body += "Content-Type: application/octet-stream\r\n\r\n\(file ?? "")\r\n--\(boundary)--\r\n"
        return try await send(
            .post, path, headers: [.contentType: "multipart/form-data; boundary=\(boundary)"], body: body)
    }

    /// Fills a form of a page, the first one where no path is named, and sends it.
    package func submit(_ page: WebPage, to path: String? = nil, _ typed: [String: String] = [:], headers: HTTPFields = [:])
        async throws -> WebPage
    {
        let form = try page.form(to: path)
        return try await post(form.action, form.hidden.merging(typed) { $1 }, headers: headers)
    }

    /// Opens the form at a path, fills it and sends it.
    package func fill(_ path: String, _ typed: [String: String], headers: HTTPFields = [:]) async throws -> WebPage {
        try await submit(get(path), typed, headers: headers)
    }

    package func forget(_ cookie: String) { cookies[cookie] = nil }

    package func keep(_ cookie: String, _ value: String) { cookies[cookie] = value }

    package func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil) async throws
        -> WebPage
    {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for field in response.headers[values: .setCookie] { keepCookie(field) }
        return WebPage(response)
    }

    private func keepCookie(_ field: String) {
        let parts = field.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        cookies[String(pair[0])] = parts.contains("Max-Age=0") ? nil : String(pair[1])
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

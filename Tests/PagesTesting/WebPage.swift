import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// An answer as a browser has it.
package struct WebPage {
    package let status: HTTPResponse.Status
    package let headers: HTTPFields
    package let body: String

    package init(_ response: TestResponse) {
        status = response.status
        headers = response.headers
        body = String(buffer: response.body)
    }

    package var location: String? { headers[.location] }

    package func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    package func contains(_ text: String) -> Bool { body.contains(text) }

    /// The text between the tags of the first element of this name.
    package func text(of element: String) throws -> String {
        let pattern = try Regex("<\(element)[^>]*>(.*?)</\(element)>").dotMatchesNewlines()
        let match = try #require(try pattern.firstMatch(in: body))
        return String(match.output[1].substring ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Where a posted form of the page goes, and its hidden fields.
    ///
    /// - Parameter path: the form's action; nil for the first one.
    package func form(to path: String? = nil) throws -> (action: String, hidden: [String: String]) {
        let forms = body.matches(
            of: #/<form method="post"(?: enctype="[^"]*")? action="([^"]*)">(.*?)</form>/#.dotMatchesNewlines())
        let form = try #require(forms.first { path == nil || $0.1 == path ?? "" })
        var hidden: [String: String] = [:]
        for match in form.2.matches(of: #/<input type="hidden" name="([^"]*)" value="([^"]*)">/#) {
            hidden[String(match.1)] = String(match.2).replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        }
        return (String(form.1), hidden)
    }

    /// The markup of one field, from its label to the end of its input.
    package func field(_ id: String) throws -> String {
        let pattern = try Regex("<label for=\"\(id)\">.*?<input id=\"\(id)\"[^>]*>").dotMatchesNewlines()
        return String(try #require(try pattern.firstMatch(in: body)).output[0].substring ?? "")
    }
}

import HTTPConventions
import HTTPTypes
import Hummingbird

/// What an admin reads who follows the link of a mail to the console: how to decide about a developer from a terminal.
struct ConsoleNotice {
    /// The address of the geo's management API.
    let managementAPI: String

    /// - Throws: `Problem` 404 for any other path, 405 for a method that changes something.
    func response(to request: Request) throws -> Response {
        guard request.uri.path == "/" else { throw Problem(.notFound, detail: "There is nothing at this path; see /") }
        guard request.method == .get || request.method == .head else {
            throw Problem(.methodNotAllowed, detail: "This page can only be read", headers: [.allow: "GET, HEAD"])
        }
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: text))
        return Response(status: .ok, headers: headers, body: body)
    }

    private var text: String {
        """
        Developers who wait for your approval

        Decide about them from a terminal, with an admin token of this geo:

            export PORTOLAN_ADMIN_TOKEN=…
            portolanctl developers list --api \(managementAPI) --portal PORTAL --status pending
            portolanctl developers approve --api \(managementAPI) --portal PORTAL ADDRESS
            portolanctl developers reject --api \(managementAPI) --portal PORTAL ADDRESS

        PORTAL is the first word of the portal's address. A token is made on this geo's machine:

            portolanctl admin token create --config node.yaml --email YOU@example.com

        The management API at \(managementAPI)/v3 does the same for other programs.

        """
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// How many mails the list shows.
    private static let listLength = 100
    /// A mail's HTML may have its own styles and nothing else: no script, no form, nothing from elsewhere, no origin.
    private static let mailPolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'self'"

    private struct ListView {
        let mails: [MailboxMail]
        let hasMails: Bool
    }

    private struct MailView {
        let mail: MailboxMail
        let pieces: [LinkedText.Piece]
        let hasHTML: Bool
    }

    func addMailbox(to pages: RouterGroup<PageRequestContext>) {
        pages.page("dev", get: missingPage)
        pages.page("dev/mailbox", get: mailList, hasPagesBelow: true)
        pages.page("dev/mailbox/{id}", get: mailPage)
        pages.page("dev/mailbox/{id}/html", get: mailHTML)
    }

    @Sendable private func mailList(_ request: Request, context: PageRequestContext) async throws -> Response {
        let mails = try await mailbox?.mails(limit: Self.listLength) ?? []
        let view = ListView(mails: mails, hasMails: !mails.isEmpty)
        return try renderer.response(.mailbox, title: context.book["portal.mailbox.name"], content: view, in: context)
    }

    @Sendable private func mailPage(_ request: Request, context: PageRequestContext) async throws -> Response {
        let mail = try await mail(in: context)
        let text = LinkedText(mail.text, linkingTo: flows.links.home(of: context.portal))
        let view = MailView(mail: mail, pieces: text.pieces, hasHTML: mail.html != nil)
        var response = try renderer.response(.mail, title: mail.subject, content: view, in: context)
        response.headers[.contentSecurityPolicy] = PageHeaders.contentSecurityPolicy(framing: "frame-src 'self'; ")
        return response
    }

    @Sendable private func mailHTML(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard let html = try await mail(in: context).html else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .contentSecurityPolicy: Self.mailPolicy],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private func mail(in context: PageRequestContext) async throws -> MailboxMail {
        guard let text = context.parameters.get("id")?.removingPercentEncoding, let id = MailboxMailID(text),
            let mail = try await mailbox?.mail(id.value)
        else { throw HTTPError(.notFound) }
        return mail
    }
}

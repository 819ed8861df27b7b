import HTMLEscaping
import Mustache

/// The templates of all mails, built into the program.
struct MailTemplates: Sendable {
    /// Read once; a failure is a mistake in a template and is found by the tests.
    static let embedded = Result<MailTemplates, RenderingError> { () throws(RenderingError) in try MailTemplates() }

    private static let sources: [String: [UInt8]] = [
        "layout.html": PackageResources.layout_html,
        "layout.txt": PackageResources.layout_txt,
        "verify-email.html": PackageResources.verify_email_html,
        "verify-email.txt": PackageResources.verify_email_txt,
        "registration-status.html": PackageResources.registration_status_html,
        "registration-status.txt": PackageResources.registration_status_txt,
        "approved.html": PackageResources.approved_html,
        "approved.txt": PackageResources.approved_txt,
        "invited.html": PackageResources.invited_html,
        "invited.txt": PackageResources.invited_txt,
        "reset-password.html": PackageResources.reset_password_html,
        "reset-password.txt": PackageResources.reset_password_txt,
        "password-changed.html": PackageResources.password_changed_html,
        "password-changed.txt": PackageResources.password_changed_txt,
        "approval-requested.html": PackageResources.approval_requested_html,
        "approval-requested.txt": PackageResources.approval_requested_txt,
    ]

    private let library: MustacheLibrary

    private init() throws(RenderingError) {
        EscapedHTML.register()
        var library = MustacheLibrary()
        for (name, source) in Self.sources {
            do {
                try library.register(String(decoding: source, as: UTF8.self), named: name)
            } catch {
                throw .brokenTemplate(name)
            }
        }
        self.library = library
    }

    func render(_ values: [String: any Sendable], with name: String) throws(RenderingError) -> String {
        guard let text = library.render(values, withTemplate: name) else { throw .brokenTemplate(name) }
        return text
    }
}

import Accounts

/// One look for every portal, or a store that cannot be read.
struct FixedLooks: MailLookSource {
    var look: MailLook? = MailLook()

    func look(of portal: PortalID, for template: MailTemplateName) async throws -> MailLook {
        guard let look else { throw StoreError.unavailable("the test's disk is full") }
        return look
    }
}

/// Reads what a document says of itself.
struct OverviewReading {
    let context: ReadingContext

    func overview(of root: Part) -> APIOverview {
        let info = info(of: root)
        let title = info.flatMap { context.requiredLabel("title", of: $0, expecting: "the API's title") }
        let version = info.flatMap { context.requiredLabel("version", of: $0, expecting: "the API's version") }
        requireContent(root)
        return APIOverview(
            specification: context.label("openapi", of: root) ?? "", title: title ?? "", version: version ?? "",
            summary: info.flatMap { context.label("summary", of: $0) }, description: info.flatMap { context.markdown(of: $0) },
            termsOfService: info.flatMap { context.address("termsOfService", of: $0) },
            contact: info.flatMap { context.object("contact", of: $0) }.map(contact),
            licence: info.flatMap { context.object("license", of: $0) }.map(licence),
            externalDocumentation: link(of: root))
    }

    /// `externalDocs`; nil where its URL could not be a link.
    func link(of part: Part) -> APILink? {
        guard let documentation = context.object("externalDocs", of: part) else { return nil }
        guard let url = context.address("url", of: documentation) else { return nil }
        return APILink(url: url, description: context.markdown(of: documentation))
    }

    private func info(of root: Part) -> Part? {
        guard root["info"] != nil else {
            context.problems.add("expected \"info\" with a title and a version, found nothing", at: root)
            return nil
        }
        return context.object("info", of: root)
    }

    private func requireContent(_ root: Part) {
        if root["paths"] == nil && root["webhooks"] == nil && root["components"] == nil {
            context.problems.add("expected \"paths\", \"webhooks\" or \"components\", found none of them", at: root)
        }
    }

    private func contact(_ part: Part) -> APIContact {
        APIContact(
            name: context.label("name", of: part), url: context.address("url", of: part), email: context.label("email", of: part))
    }

    private func licence(_ part: Part) -> APILicence {
        APILicence(
            name: context.label("name", of: part) ?? "–", identifier: context.label("identifier", of: part),
            url: context.address("url", of: part))
    }
}

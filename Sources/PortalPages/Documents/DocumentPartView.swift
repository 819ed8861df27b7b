import Accounts
import WebPages

/// An operation or a schema on a page of its own, as a template shows it. Its HTML goes in as it is.
struct DocumentPartView {
    let api: String
    let name: String
    let html: HTML

    init(_ part: RenderedDocument.Part, of api: PublishedAPI) {
        self.api = DocumentPaths(slug: api.slug).api
        name = api.name
        html = part.html
    }
}

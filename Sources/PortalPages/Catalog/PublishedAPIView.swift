import Accounts
import Languages
import WebPages

/// What is known of one API, as a template shows it.
struct PublishedAPIView {
    let card: CatalogView.Card
    let slug: String
    let published: String
    let publishedDate: String
    let updated: String
    let updatedDate: String
    /// Nil where the API has none.
    let document: DocumentView?

    init(_ entry: CatalogEntry, document: DocumentView?, in book: Phrasebook) {
        self.document = document
        card = CatalogView.Card(entry)
        slug = entry.api.slug
        published = book.day(entry.api.createdAt)
        publishedDate = String(entry.api.createdAt.iso8601.prefix(10))
        updated = book.day(entry.api.updatedAt)
        updatedDate = String(entry.api.updatedAt.iso8601.prefix(10))
    }
}

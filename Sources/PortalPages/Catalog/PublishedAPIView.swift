import Accounts

/// What is known of one API, as a template shows it.
struct PublishedAPIView {
    let card: CatalogView.Card
    let slug: String
    let published: String
    let publishedDate: String
    let updated: String
    let updatedDate: String

    init(_ entry: CatalogEntry) {
        card = CatalogView.Card(entry)
        slug = entry.api.slug
        published = entry.api.createdAt.day
        publishedDate = String(entry.api.createdAt.iso8601.prefix(10))
        updated = entry.api.updatedAt.day
        updatedDate = String(entry.api.updatedAt.iso8601.prefix(10))
    }
}

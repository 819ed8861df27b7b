/// Where an API and the parts of its document are on a portal.
struct DocumentPaths {
    let api: String

    /// - Parameter slug: of the API: `a` to `z`, digits and hyphens.
    init(slug: String) { api = "/apis/\(slug)" }

    /// The document as it was published, to download.
    var file: String { "\(api)/document" }

    func operation(_ id: String) -> String { "\(api)/operations/\(id)" }

    func schema(_ id: String) -> String { "\(api)/schemas/\(id)" }

    /// The place of an operation that stands on the API's own page.
    static func place(ofOperation id: String) -> String { "operation-\(id)" }
}

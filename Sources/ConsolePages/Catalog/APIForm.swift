import Accounts
import WebPages

/// An API as its form has it.
struct APIForm {
    static let fileField = "file"
    /// The field of a document that is pasted; errors of a document are told beside it, wherever it came from.
    static let documentField = "document"

    var name = ""
    var version = ""
    var slug = ""
    var description = ""
    /// What was pasted.
    var pasted = ""
    /// The document: a chosen file before what was pasted; nil for neither.
    var document: [UInt8]?

    init() {}

    init(_ form: MultipartForm) {
        name = form["name"]
        version = form["version"]
        slug = form["slug"]
        description = form["description"]
        pasted = form[Self.documentField]
        document = form.file(Self.fileField) ?? (pasted.isEmpty ? nil : Array(pasted.utf8))
    }

    init(_ api: PublishedAPI) {
        name = api.name
        version = api.version ?? ""
        slug = api.slug
        description = api.description ?? ""
    }

    /// - Parameter isNew: whether an empty field leaves it to the document, rather than being an empty name.
    func change(isNew: Bool) -> APIDraft {
        let text = { (typed: String) -> APIDraft.Text? in typed.isEmpty ? (isNew ? nil : APIDraft.Text.none) : .text(typed) }
        // Forms send line ends as CR LF.
        return APIDraft(
            name: isNew && name.isEmpty ? nil : name, version: text(version),
            description: text(description.replacing("\r\n", with: "\n")), slug: isNew && slug.isEmpty ? nil : slug)
    }
}

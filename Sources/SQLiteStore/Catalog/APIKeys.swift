import Accounts

/// The texts of an API in the form in which they are compared, sorted and searched.
struct APIKeys {
    let name: String
    let version: String?
    let description: String?
    /// Everything that is said of the API beside its name, in lines.
    let label: String

    init(name: String, slug: String, version: String?, description: String?) {
        self.name = PublishedAPI.key(of: name)
        self.version = version.map(PublishedAPI.key)
        self.description = description.map(PublishedAPI.key)
        label = [self.version, slug, self.description].compactMap(\.self).joined(separator: "\n")
    }

    init(_ api: PublishedAPI) {
        self.init(name: api.name, slug: api.slug, version: api.version, description: api.description)
    }
}

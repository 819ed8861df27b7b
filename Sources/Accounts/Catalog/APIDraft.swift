import Geography

/// The fields of an API that an admin sends; nil leaves a field as it is.
public struct APIDraft: Hashable, Sendable {
    /// A version or a description may be taken away, which is not the same as leaving it.
    public enum Text: Hashable, Sendable {
        case none
        case text(String)

        public init(_ text: String?) { self = text.map(Text.text) ?? .none }

        var value: String? {
            guard case .text(let text) = self else { return nil }
            return text
        }
    }

    public var name: String?
    public var version: Text?
    public var description: Text?
    /// `a` to `z`, digits and single hyphens between them, at most ``Geography/PortalSlug/maximumLength``.
    public var slug: String?

    public init(name: String? = nil, version: Text? = nil, description: Text? = nil, slug: String? = nil) {
        self.name = name
        self.version = version
        self.description = description
        self.slug = slug
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for `name`, `version`, `description`, `slug`.
    func check() throws {
        var errors: [FieldError] = []
        if let name { errors += FieldError.ofLine(name, "name", maximum: PublishedAPI.maximumNameLength) }
        if case .text(let text) = version {
            errors += FieldError.ofLine(text, "version", maximum: PublishedAPI.maximumVersionLength)
        }
        if case .text(let text) = description {
            errors += FieldError.ofText(text, "description", maximum: PublishedAPI.maximumDescriptionLength)
        }
        if let slug { errors += Self.errors(ofSlug: slug) }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    func apply(to api: inout PublishedAPI) {
        api.name = name ?? api.name
        if let version { api.version = version.value }
        if let description { api.description = description.value }
        api.slug = slug ?? api.slug
    }

    /// The slug that is chosen, or made from name and version; a name without a letter a to z gets one from the API's id.
    func slug(for api: APIID, named name: String, version: String?) -> String {
        if let slug { return slug }
        if let made = PortalSlug(suggestedBy: [name, version ?? ""].joined(separator: " ")), PortalSlug(suggestedBy: name) != nil
        {
            return made.value
        }
        return "api-\(api.description.suffix(12))"
    }

    private static func errors(ofSlug slug: String) -> [FieldError] {
        guard (try? PortalSlug(slug)) != nil else {
            return [
                .invalid(
                    "slug",
                    "must have 1 to \(PortalSlug.maximumLength) characters: a to z, digits, and single hyphens between them")
            ]
        }
        // An id in the place of a slug has to mean the API of that id.
        return APIID(slug) == nil ? [] : [.invalid("slug", "must not be an id")]
    }
}

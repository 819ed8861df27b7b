import Accounts

extension QueryParameters {
    /// What a list of APIs is asked for: the filters `id`, `name`, `version`, `description`, `created_at`, `updated_at`, and `sort`.
    public mutating func apis() -> APISelection {
        var selection = APISelection()
        selection.id = condition(on: "id", operators: [.eq, .oeq, .neq])?.match
        selection.name = apiText("name")
        selection.version = apiText("version")
        selection.description = apiText("description")
        selection.createdAt = moments(on: "created_at")
        selection.updatedAt = moments(on: "updated_at")
        if let sort = sort(by: APISelection.Order.allCases) { (selection.order, selection.isDescending) = sort }
        return selection
    }

    /// A filter on a text of an API, which is compared as the catalog compares.
    public mutating func apiText(_ field: String) -> TextMatch? {
        switch condition(on: field)?.match {
        case nil: nil
        case .equals(let texts): .equals(texts.map(PublishedAPI.key))
        case .differs(let text): .differs(PublishedAPI.key(of: text))
        case .contains(let texts): .contains(texts.map(PublishedAPI.key))
        }
    }
}

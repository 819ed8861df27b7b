/// One thing that a search through everything finds: an API, or an operation of its document.
public struct CatalogFinding: Hashable, Sendable {
    public let entry: CatalogEntry
    /// Nil for the API itself.
    public let operation: SpecificationOperation?
    public let place: Place

    public init(entry: CatalogEntry, operation: SpecificationOperation?, place: Place) {
        self.entry = entry
        self.operation = operation
        self.place = place
    }

    /// Where a finding stands among all that there may be: APIs first, then operations; in each by the time of the making.
    ///
    /// It holds from one search to the next, as long as the documents stay the same.
    public struct Place: Hashable, Sendable, Comparable {
        /// The API's own number in the store.
        public let api: Int64
        /// Nil for the API itself; operations are counted from 0.
        public let operation: Int?

        public init(api: Int64, operation: Int?) {
            self.api = api
            self.operation = operation
        }

        public static func < (one: Place, other: Place) -> Bool { one.order < other.order }

        private var order: (Int, Int64, Int) { (operation == nil ? 0 : 1, api, operation ?? 0) }
    }
}

/// A part of what a search found.
public struct CatalogFindings: Sendable {
    public let findings: [CatalogFinding]
    /// Where the next part begins; nil where this is the last one.
    public let next: CatalogFinding.Place?

    public init(findings: [CatalogFinding], next: CatalogFinding.Place?) {
        self.findings = findings
        self.next = next
    }
}

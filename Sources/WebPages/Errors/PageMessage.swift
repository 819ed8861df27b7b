import Accounts
import HTTPConventions
import HTTPTypes
import Languages

/// What a page tells people about an error.
///
/// It never repeats what the request held.
public struct PageMessage: Sendable {
    public let status: HTTPResponse.Status
    public let title: String
    /// What happened and what to do.
    public var text: String?
    /// What is wrong with fields; a field can have several errors.
    public let fields: [FieldError]
    /// Further header fields, such as `Retry-After`.
    public let headers: HTTPFields
    /// Whether the person can mend it in the form, or by sending it again.
    public let isMendable: Bool
    /// Pages that lead on.
    public let ways: [Way]

    /// A link out of an error.
    public struct Way: Sendable {
        public let path: String
        public let label: String
        /// Whether it is what the person most likely wants.
        public let isMain: Bool

        public init(path: String, label: String, isMain: Bool = false) {
            self.path = path
            self.label = label
            self.isMain = isMain
        }
    }

    public init(
        status: HTTPResponse.Status, title: String, text: String?, fields: [FieldError] = [], headers: HTTPFields = [:],
        isMendable: Bool = false, ways: [Way] = []
    ) {
        self.status = status
        self.title = title
        self.text = text
        self.fields = fields
        self.headers = headers
        self.isMendable = isMendable
        self.ways = ways
    }

    /// Of what HTTP says about an error.
    ///
    /// - Parameter place: where a kind of pages has its words for each ``ErrorPhrase``, such as `console.errors`.
    public init(_ problem: Problem, wordsFrom place: String, in book: Phrasebook, ways: [Way] = []) {
        let phrase = ErrorPhrase(for: problem)
        self.init(
            status: problem.status, title: book["\(place).\(phrase.rawValue).title"],
            text: book["\(place).\(phrase.rawValue).text"],
            fields: problem.invalidParameters, headers: problem.headers, isMendable: phrase.isMendable, ways: ways)
    }

    /// What is wrong with a field, the first of it.
    public func error(in field: String) -> FieldError? { fields.first { $0.field == field } }
}

import Accounts
import Hummingbird

/// The query of a list that has pages and nothing else to ask for.
public struct PageQuery {
    public let page: PageRequest

    /// - Throws: ``Problem`` 400 naming each wrong or unknown parameter, with the source `query`.
    public init(_ request: Request) throws {
        var query = try QueryParameters(request)
        page = query.page()
        try query.finish()
    }
}

/// One page of a list, as the contracts put it on the wire.
public struct WirePage<Element: Encodable>: Encodable {
    public struct Meta: Encodable {
        public struct Numbers: Encodable {
            let number: Int
            let size: Int
            let total: Int
        }

        public let page: Numbers
    }

    public let data: [Element]
    public let meta: Meta

    public init<Listed: Sendable>(_ page: Page<Listed>, at request: PageRequest, _ wire: (Listed) -> Element) {
        self.init(page.elements.map(wire), page: request, total: page.total)
    }

    public init(_ data: [Element], page: PageRequest, total: Int) {
        self.data = data
        meta = Meta(page: .init(number: page.number, size: page.size, total: total))
    }
}

/// A value that is written as `null` where it is nil, as the contracts' required and nullable properties are.
@propertyWrapper
public struct Nullable<Value: Encodable>: Encodable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
    }
}

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

/// Where a part of a list stands in it, for the contracts' lists that are walked by cursors (`CursorMeta`).
public struct CursorMeta: Encodable {
    public struct Cursors: Encodable {
        let size: Int
        let first: String
        @Nullable var next: String?
        @Nullable var previous: String?
    }

    public let page: Cursors

    /// - Parameters:
    ///   - size: of a part, in elements.
    ///   - first: the path of the list's beginning, with its query; so with the others.
    public init(size: Int, first: String, next: String?, previous: String?) {
        page = Cursors(size: size, first: first, next: next, previous: previous)
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

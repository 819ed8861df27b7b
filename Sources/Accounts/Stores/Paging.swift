/// Which part of a list: a page's number, from 1, and its size.
public struct PageRequest: Hashable, Sendable {
    public static let defaultSize = 10
    public static let maximumSize = 100

    public let number: Int
    public let size: Int

    public init(number: Int = 1, size: Int = PageRequest.defaultSize) {
        self.number = number
        self.size = size
    }

    /// How many elements stand before the page; a page beyond all counting starts after everything.
    public var offset: Int {
        let (offset, isBeyond) = max(0, number - 1).multipliedReportingOverflow(by: size)
        return isBeyond ? Int.max : offset
    }

    /// How many elements the whole list has, where what the page has of it tells: it ends there.
    public func total(whereFound count: Int) -> Int? {
        count < size && (count > 0 || offset == 0) ? offset + count : nil
    }
}

/// One page of a list, and how many things the whole list has.
public struct Page<Element: Sendable>: Sendable {
    public let elements: [Element]
    public let total: Int

    public init(elements: [Element], total: Int) {
        self.elements = elements
        self.total = total
    }

    /// One page of a list that is there as a whole.
    public init(part page: PageRequest, of whole: [Element]) {
        self.init(elements: Array(whole.dropFirst(page.offset).prefix(page.size)), total: whole.count)
    }
}

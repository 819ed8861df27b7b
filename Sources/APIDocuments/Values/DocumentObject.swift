/// The members of an object in the order in which they were written; no name stands twice.
public struct DocumentObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: DocumentValue

        public init(_ name: String, _ value: DocumentValue) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var members: [Member] = []
    /// Where each name stands, for objects that are too large to be searched.
    private var positions: [String: Int] = [:]

    private static let largestSearched = 8

    public init() {}

    public static func == (left: Self, right: Self) -> Bool { left.members == right.members }

    public subscript(name: String) -> DocumentValue? { position(of: name).map { members[$0].value } }

    /// Adds a member at the end; false, and nothing added, where the name is there already.
    mutating func append(_ name: String, _ value: DocumentValue) -> Bool {
        guard position(of: name) == nil else { return false }
        members.append(Member(name, value))
        if members.count == Self.largestSearched + 1 {
            for (position, member) in members.enumerated() { positions[member.name] = position }
        } else if members.count > Self.largestSearched {
            positions[name] = members.count - 1
        }
        return true
    }

    func position(of name: String) -> Int? {
        members.count > Self.largestSearched ? positions[name] : members.firstIndex { $0.name == name }
    }
}

/// Which developers a list has; all conditions together.
public struct DeveloperFilter: Hashable, Sendable {
    /// How many matches of a text are counted; beyond that a total says so many, and there are more.
    public static let countedMatches = 1000
    /// Shorter texts are looked for only in portals of up to ``smallPortal`` developers, because no index finds them.
    public static let shortestIndexedText = 3
    public static let smallPortal = 10_000

    /// Where it is set, those who have not verified their address are left out of the pending ones: nobody has to decide about
    /// them yet.
    public var statuses: Set<DeveloperStatus>?
    /// Compared as addresses are: without regard to case.
    public var email: TextMatch?
    /// Compared without regard to case.
    public var name: TextMatch?
    /// Only the verified, or only the unverified.
    public var isVerified: Bool?

    public init(statuses: Set<DeveloperStatus>? = nil, email: TextMatch? = nil, name: TextMatch? = nil, isVerified: Bool? = nil) {
        self.statuses = statuses
        self.email = email
        self.name = name
        self.isVerified = isVerified
    }

    /// Whether the filter takes a developer; what a store's indexes have to agree with.
    public func takes(_ developer: Developer) -> Bool {
        if let statuses {
            guard statuses.contains(developer.status), developer.status != .pending || developer.isVerified else { return false }
        }
        return (isVerified.map { $0 == developer.isVerified } ?? true) && (email?.takes(developer.email.key) ?? true)
            && (name?.takes(developer.fullName.key) ?? true)
    }
}

/// A condition on a text, in folded form on both sides.
public enum TextMatch: Hashable, Sendable {
    /// The whole text is one of these.
    case equals([String])
    /// The whole text is not this.
    case differs(String)
    /// One of these stands in the text.
    case contains([String])

    public var texts: [String] {
        switch self {
        case .equals(let texts), .contains(let texts): texts
        case .differs(let text): [text]
        }
    }

    /// The condition on texts in folded form.
    ///
    /// - Parameter whole: folds a whole text; parts of one are folded as names are.
    public func folded(whole fold: (String) -> String) -> TextMatch {
        switch self {
        case .equals(let texts): .equals(texts.map(fold))
        case .differs(let text): .differs(fold(text))
        case .contains(let parts): .contains(parts.map(FullName.key(of:)))
        }
    }

    func takes(_ text: String) -> Bool {
        switch self {
        case .equals(let texts): texts.contains(text)
        case .differs(let other): text != other
        case .contains(let parts): parts.contains { text.utf8.contains($0.utf8) }
        }
    }
}

/// In which order a list is.
public struct DeveloperOrder: Hashable, Sendable {
    public enum Key: String, Hashable, Sendable, CaseIterable {
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case email
        case name
        case status
    }

    public var key: Key
    public var isDescending: Bool

    public init(by key: Key = .createdAt, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}

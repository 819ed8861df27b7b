/// Members whose names begin with `x-`.
enum Extension {
    /// In an object of texts, such as scopes, in which every name is the author's.
    static func isNone(_ member: DocumentObject.Member) -> Bool { false }

    /// In an object that may have extensions beside the names of the author's, such as `paths` and `responses`.
    static func isNamed(_ member: DocumentObject.Member) -> Bool { member.name.hasPrefix("x-") }

    /// In an object that has none: `x-request-id` is a header or a property like any other. A value that could be neither is an
    /// extension that somebody put there all the same.
    static func isStray(_ member: DocumentObject.Member) -> Bool {
        isNamed(member) && member.value.object == nil && member.value.boolean == nil
    }
}

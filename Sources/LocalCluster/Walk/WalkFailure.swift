/// What a step of a walk found instead of what it expected.
struct WalkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

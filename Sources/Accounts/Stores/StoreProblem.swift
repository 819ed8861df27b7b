/// A store's error as a log may show it: a ``StoreError`` holds no stored value; of any other only the kind is known.
public struct StoreProblem: CustomStringConvertible {
    public let description: String

    public init(_ error: any Error) {
        description = error is StoreError ? "\(error)" : "\(type(of: error))"
    }
}

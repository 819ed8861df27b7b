/// The names of templates that ship inside a program.
public protocol ShippedTemplate: RawRepresentable, CaseIterable, Sendable where RawValue == String {
    /// The Mustache.
    var bytes: [UInt8] { get }
}

extension ShippedTemplate {
    /// All of them by their names.
    static var sources: [String: [UInt8]] { Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.bytes) }) }
}

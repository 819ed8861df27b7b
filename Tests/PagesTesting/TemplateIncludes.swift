import WebPages

extension ShippedTemplate {
    /// The templates that this one includes and that do not ship: where Mustache does not know a name, it shows nothing and says nothing.
    package var missingIncludes: [String] {
        String(decoding: bytes, as: UTF8.self).matches(of: #/\{\{>([A-Za-z-]+)\}\}/#).map { String($0.1) }
            .filter { Self(rawValue: $0) == nil && SharedTemplate(rawValue: $0) == nil }
    }
}

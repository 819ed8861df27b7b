extension String {
    /// This text without line breaks and other control characters: a space stands where they stood, none at the ends.
    ///
    /// Whatever comes from people passes through here before it stands in a header or a template, so that it can neither end
    /// a header field nor start a paragraph of its own.
    var onOneLine: String {
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar.endsLineOrControls ? " " : scalar) }
        return String(scalars).trimmingSpaces
    }

    /// This text without spaces and tabs at its ends.
    var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(self[first...last])
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension Unicode.Scalar {
    fileprivate var endsLineOrControls: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

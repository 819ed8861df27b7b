import Yams

extension Node.Scalar {
    /// Whether this is how YAML writes that there is no value (YAML 1.2, section 10.3.2), or an empty text.
    var isNothing: Bool { string.isEmpty || (style == .plain && ["~", "null", "Null", "NULL"].contains(string)) }
}

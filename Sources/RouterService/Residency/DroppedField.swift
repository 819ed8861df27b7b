/// A header field of a node's answer that has no business behind the router and is left out.
///
/// `Connection`, `Keep-Alive` and `Transfer-Encoding` are no such fields: every node sends them, and the router writes its own.
enum DroppedField: String, CaseIterable {
    case upgrade, trailer, te
    case proxy
    case alternative = "alt_svc"

    /// nil for a field that passes, or that is left out in silence.
    init?(_ field: HeadField, of head: ResponseHead) {
        switch field.kind {
        case .alternative: self = .alternative
        case .hopByHop:
            let name = head.text(field.name).lowercased()
            if name.hasPrefix("proxy-") {
                self = .proxy
            } else if let known = DroppedField(rawValue: name) {
                self = known
            } else {
                return nil
            }
        default: return nil
        }
    }
}

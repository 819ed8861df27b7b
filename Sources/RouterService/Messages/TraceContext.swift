/// The W3C Trace Context fields of a request (`traceparent`, `tracestate`), level 1.
enum TraceContext {
    private static let parentLength = 55
    private static let mostStateBytes = 512

    /// Whether they may be passed on: one `traceparent` of the form `00-<32 hex>-<16 hex>-<2 hex>`, and not too much of `tracestate`.
    /// Nodes take up what is passed on; where it is not sound, they begin a trace of their own (section 3.2.2.6).
    static func isSound(in head: RequestHead) -> Bool {
        var parents = 0
        var stateBytes = 0
        for field in head.fields {
            switch field.kind {
            case .traceParent:
                parents += 1
                guard isParent(Array(head.text(field.value).utf8)) else { return false }
            case .traceState: stateBytes += field.value.count
            default: break
            }
        }
        return parents == 1 && stateBytes <= mostStateBytes
    }

    private static func isParent(_ text: [UInt8]) -> Bool {
        guard text.count == parentLength else { return false }
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2], parts.joined().allSatisfy(isHexadecimal) else { return false }
        let zero = UInt8(ascii: "0")
        return parts[0].elementsEqual("00".utf8) && parts[1].contains { $0 != zero } && parts[2].contains { $0 != zero }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

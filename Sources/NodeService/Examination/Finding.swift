/// One thing that an examination looked at, and what to do where it is not right.
public struct Finding: Sendable, Hashable, Encodable {
    public enum Verdict: String, Sendable, Encodable {
        case right = "ok"
        case warning
        case problem
    }

    public let subject: String
    public let verdict: Verdict
    public let text: String
    /// What would put it right.
    public let remedy: String?

    private init(_ verdict: Verdict, _ subject: String, _ text: String, remedy: String?) {
        (self.verdict, self.subject, self.text, self.remedy) = (verdict, subject, text, remedy)
    }

    public static func right(_ subject: String, _ text: String) -> Finding { Finding(.right, subject, text, remedy: nil) }

    public static func warning(_ subject: String, _ text: String, remedy: String) -> Finding {
        Finding(.warning, subject, text, remedy: remedy)
    }

    public static func problem(_ subject: String, _ text: String, remedy: String) -> Finding {
        Finding(.problem, subject, text, remedy: remedy)
    }
}

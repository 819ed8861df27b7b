/// Something that went well.
public struct NoticeView: Sendable {
    public let title: String?
    public let text: String

    public init(title: String? = nil, text: String) {
        self.title = title
        self.text = text
    }

    /// - Returns: nil where there is nothing to tell.
    public init?(_ text: String?) {
        guard let text else { return nil }
        self.init(text: text)
    }
}

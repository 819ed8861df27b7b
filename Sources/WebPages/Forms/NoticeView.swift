/// Something that went well.
public struct NoticeView: Sendable {
    /// Called so because a template looks for what is nil further outside, where every page has a title.
    public let noticeTitle: String?
    public let text: String

    public init(title: String? = nil, text: String) {
        noticeTitle = title
        self.text = text
    }

    /// - Returns: nil where there is nothing to tell.
    public init?(_ text: String?) {
        guard let text else { return nil }
        self.init(text: text)
    }
}

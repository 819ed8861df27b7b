/// Something that went well.
struct NoticeView {
    let text: String

    init?(_ text: String?) {
        guard let text else { return nil }
        self.text = text
    }
}

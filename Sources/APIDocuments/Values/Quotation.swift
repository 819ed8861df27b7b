/// Text of a document inside a message.
enum Quotation {
    private static let longest = 80

    static func of(_ text: String) -> String { "\"\(PlainText.line(text, bytes: longest))\"" }
}

import Accounts

/// One mail of the development mailbox, decoded.
public struct MaildirMail: Hashable, Sendable {
    public let id: MailID
    public let recipient: String
    public let subject: String
    /// As the mail's `Date` field has it: `Tue, 24 Nov 2026 22:58:18 +0000`.
    public let date: String
    public let text: String
    public let html: String

    /// Reads a message as ``MailRendering`` writes it; nil for any other.
    init?(id: MailID, message: String) {
        guard let (fields, body) = Self.split(message), let contentType = fields["content-type"],
            let boundary = contentType.split(separator: "\"").dropFirst().first
        else { return nil }
        var parts: [String: String] = [:]
        for section in body.split(separator: "--\(boundary)\r\n") {
            guard let (partFields, content) = Self.split(String(section)), let type = partFields["content-type"] else {
                return nil
            }
            // The line break before a boundary belongs to the boundary.
            let last = content.range(of: "\r\n--\(boundary)--")?.lowerBound
            let encoded = last.map { content[..<$0] } ?? content.dropLast()
            parts[String(type.prefix { $0 != ";" })] = QuotedPrintable.decode(encoded).replacing("\r\n", with: "\n")
        }
        guard let recipient = fields["to"], let subject = fields["subject"], let date = fields["date"],
            let text = parts["text/plain"], let html = parts["text/html"]
        else { return nil }
        self.id = id
        self.recipient = recipient
        self.subject = EncodedWords.decode(subject)
        self.date = date
        self.text = text
        self.html = html
    }

    /// The header fields by their names in lower case, unfolded, and what follows the empty line.
    private static func split(_ message: String) -> (fields: [String: String], body: Substring)? {
        guard let end = message.range(of: "\r\n\r\n") else { return nil }
        let unfolded = message[..<end.lowerBound].replacing("\r\n ", with: " ")
        var fields: [String: String] = [:]
        for line in unfolded.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            fields[line[..<colon].lowercased()] = String(line[line.index(after: colon)...]).trimmingSpaces
        }
        return (fields, message[end.upperBound...])
    }
}

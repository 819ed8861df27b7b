/// What a server offers in its answer to EHLO.
struct SMTPCapabilities: Equatable, Sendable {
    let startTLS: Bool
    let eightBitMIME: Bool
    let smtpUTF8: Bool
    let authentication: Set<String>
    /// Whether a size may be declared with MAIL.
    let declaresSize: Bool
    /// The most octets of a message; nil where the server names none.
    let sizeLimit: Int?

    init(_ reply: SMTPReply) {
        var offers: [String: [String]] = [:]
        for line in reply.lines.dropFirst() {
            let words = line.uppercased().split(separator: " ").map(String.init)
            if let keyword = words.first { offers[keyword, default: []] += words.dropFirst() }
        }
        startTLS = offers["STARTTLS"] != nil
        eightBitMIME = offers["8BITMIME"] != nil
        smtpUTF8 = offers["SMTPUTF8"] != nil
        authentication = Set(offers["AUTH"] ?? [])
        declaresSize = offers["SIZE"] != nil
        sizeLimit = offers["SIZE"]?.first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
}

import Accounts

/// The name of a mail's file: when it was promised, then its id, as in
/// `20261124T225818.123Z-0193….eml`.
struct MaildirName: Hashable, Sendable, Comparable {
    private static let ending = ".eml"
    private static let idLength = 36

    let file: String
    let id: MailID

    init(_ mail: RenderedMail) {
        id = mail.id
        let time = mail.createdAt.iso8601.filter { $0 != "-" && $0 != ":" }
        file = "\(time)-\(mail.id)\(Self.ending)"
    }

    /// Reads a file's name; nil for files that are no mails, among them drafts.
    init?(file: String) {
        guard file.hasSuffix(Self.ending), !file.hasPrefix("."),
            let id = MailID(file.dropLast(Self.ending.count).suffix(Self.idLength))
        else { return nil }
        self.file = file
        self.id = id
    }

    /// The name while the file is written.
    var draft: String { ".\(file).draft" }

    static func < (left: Self, right: Self) -> Bool { left.file < right.file }
}

import Foundation
import Testing

/// The folder in which a geo's mails arrive.
struct Mailbox: Sendable {
    let folder: String

    /// Waits until at least so many mails to the address are there; oldest first, decoded.
    func mails(to address: String, count: Int = 1) async throws -> [String] {
        try await eventually("\(count) mails arrive") {
            let mails = try all().filter { $0.contains(address) }
            return mails.count >= count ? mails : nil
        }
    }

    /// The one-time token in the newest of so many mails to the address.
    func token(to address: String, count: Int = 1) async throws -> String {
        try Self.token(in: try #require(try await mails(to: address, count: count).last))
    }

    /// The one-time token in the first mail to the address that links to a page.
    func token(to address: String, in page: String) async throws -> String {
        try await eventually("a link to \(page) arrives") {
            try all().first { $0.contains(address) && $0.contains("/\(page)?token=") }.map(Self.token(in:))
        }
    }

    private static func token(in mail: String) throws -> String {
        String(try #require(mail.firstMatch(of: /token=([0-9a-f-]{36})/)).1)
    }

    /// To whom the mails went whose files were not read yet.
    func recipients(besides read: inout Set<String>) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".eml") && !read.contains($0)
        }
        read.formUnion(names)
        return try names.compactMap { name in
            let head = String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")).prefix(4096), as: UTF8.self)
            return head.split(separator: "\r\n").first { $0.hasPrefix("To: ") }.map { String($0.dropFirst(4)) }
        }
    }

    /// Every mail, with soft line breaks and `=3D` taken out.
    func all() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(".eml") }.sorted().map { name in
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            return text.replacingOccurrences(of: "=\r\n", with: "").replacingOccurrences(of: "=3D", with: "=")
        }
    }
}

/// Asks again until there is an answer, for what another process does in its own time.
func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let value = try await condition() { return value }
        try await Task.sleep(for: .milliseconds(20))
    }
    throw NeverHappened(what: what, limit: limit)
}

struct NeverHappened: Error {
    let what: String
    let limit: Duration
}

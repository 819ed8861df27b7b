import Accounts
import GRDB

extension Database {
    /// - Throws: ``StoreError/corrupt(_:)`` with what was found.
    func checkIntegrity() throws {
        let found = try String.fetchAll(self, sql: "PRAGMA integrity_check(10)")
        guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
        let orphans = try Row.fetchAll(self, sql: "PRAGMA foreign_key_check").count
        guard orphans == 0 else { throw StoreError.corrupt("\(orphans) row(s) of something that is gone") }
        try checkPages()
    }

    /// Whether every page belongs to something. SQLite's own check leaves this out where the first table that it meets is one for
    /// the search of texts (seen with 3.40).
    private func checkPages() throws {
        guard try count("SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'") > 0 else { return }
        let pages = try count("SELECT page_count FROM pragma_page_count")
        let pageSize = try count("SELECT page_size FROM pragma_page_size")
        let free = try count("SELECT freelist_count FROM pragma_freelist_count")
        // The page with the bytes on which SQLite locks holds nothing (file format, section 1.4).
        let locking = pages > Self.lockByte / pageSize ? 1 : 0
        let used = try count("SELECT count(*) FROM dbstat")
        guard used + free + locking == pages else {
            throw StoreError.corrupt("\(pages - used - free - locking) page(s) that belong to nothing")
        }
    }

    private static let lockByte = 1 << 30
}

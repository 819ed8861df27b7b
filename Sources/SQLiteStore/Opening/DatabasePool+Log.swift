import GRDB

extension DatabasePool {
    /// Copies the write-ahead log into the store's file and cuts it to nothing.
    ///
    /// - Throws: `DatabaseError` where a reader, or another program, still needs the log.
    func emptyWriteAheadLog() throws {
        try writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
    }
}

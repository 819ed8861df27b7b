import Accounts
import GRDB
import Geography

/// The mark in a store that says whose it is.
struct GeoStamp {
    let geo: String
    let number: Int

    private var name: String { "\(geo) (number \(number))" }

    /// Reads the mark; nil in a database without tables, which is a store to be.
    ///
    /// - Throws: ``SQLiteStoreError/notAStore(path:reason:)`` where there are tables but no mark.
    static func read(_ database: Database, path: String) throws -> GeoStamp? {
        let tables = try String.fetchSet(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        // The migrations' own table comes first; a process that died right after it left nothing else.
        guard !tables.subtracting(["grdb_migrations"]).isEmpty else { return nil }
        guard tables.isSuperset(of: ["grdb_migrations", "stamp"]),
            let row = try Row.fetchOne(database, sql: "SELECT geo, geo_number FROM stamp")
        else { throw SQLiteStoreError.notAStore(path: path, reason: "a database of another program") }
        return GeoStamp(geo: try row.value("geo"), number: try row.value("geo_number"))
    }

    /// - Throws: ``SQLiteStoreError/otherGeo(path:expected:found:)``.
    func check(against geo: Geo, path: String) throws(SQLiteStoreError) {
        let expected = GeoStamp(geo: geo.id.value, number: Int(geo.number.value))
        guard self.geo == expected.geo, number == expected.number else {
            throw .otherGeo(path: path, expected: expected.name, found: name)
        }
    }
}

import Accounts
import Foundation
import GRDB
import Geography

/// Columns as the domain's types. What is not what it should be is an error that names the column, never the value.
extension Row {
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value: Value = try optional(column) else { throw StoreError.corrupt("nothing in column \(column)") }
        return value
    }

    func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        // A column is found by its name each time, which is most of the work.
        guard let stored: DatabaseValue = self[column] else {
            guard hasColumn(column) else { throw StoreError.corrupt("no column \(column)") }
            return nil
        }
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw StoreError.corrupt("a wrong type in column \(column)") }
        return value
    }

    func id<Entity>(_ column: String) throws -> EntityID<Entity> {
        let bytes: Data = try value(column)
        let high = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = bytes.dropFirst(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count == 16, let uuid = GeoUUID(high: high, low: low) else {
            throw StoreError.corrupt("no id in column \(column)")
        }
        return EntityID(uuid)
    }

    func time(_ column: String) throws -> Timestamp { Timestamp(milliseconds: try value(column)) }

    func optionalTime(_ column: String) throws -> Timestamp? {
        let milliseconds: Int64? = try optional(column)
        return milliseconds.map(Timestamp.init(milliseconds:))
    }

    func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        guard let choice = Choice(rawValue: try value(column)) else {
            throw StoreError.corrupt("an unknown word in column \(column)")
        }
        return choice
    }

    func hash(_ column: String) throws -> TokenHash {
        let bytes: Data = try value(column)
        return TokenHash(stored: Array(bytes))
    }
}

extension EntityID {
    /// Sixteen bytes, as the store keeps an id; they sort as the ids do.
    var stored: Data { Data(uuid.bytes) }
}

extension TokenHash {
    var stored: Data { Data(bytes) }
}

import Accounts
import Foundation
import GRDB
import Languages

extension CustomMailTemplate {
    /// Texts in a language that this version does not know are left out.
    init(row: Row) throws {
        let json: String = try row.value("texts")
        guard let texts = try? JSONDecoder().decode([String: MailText].self, from: Data(json.utf8)) else {
            throw StoreError.corrupt("no texts in column texts")
        }
        let known = texts.compactMap { tag, text in Language(rawValue: tag).map { ($0, text) } }
        self.init(
            name: try row.choice("name"), isEnabled: try row.value("is_enabled"), texts: Dictionary(uniqueKeysWithValues: known),
            createdAt: try row.time("created_at"), updatedAt: try row.time("updated_at"))
    }

    /// The texts as the column keeps them.
    var storedTexts: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let byTag = Dictionary(uniqueKeysWithValues: texts.map { ($0.key.tag, $0.value) })
            guard let data = try? encoder.encode(byTag) else { throw StoreError.corrupt("texts that cannot be written") }
            return String(decoding: data, as: UTF8.self)
        }
    }
}

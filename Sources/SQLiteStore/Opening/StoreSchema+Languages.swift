import GRDB

extension StoreSchema {
    /// In which language each developer's mails speak; nothing where nobody told.
    static func registerLanguages(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("v2 languages") { database in
            try database.execute(sql: "ALTER TABLE developer ADD COLUMN language TEXT")
        }
    }
}

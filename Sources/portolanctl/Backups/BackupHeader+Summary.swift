import Backups

extension BackupHeader {
    /// For people.
    var summary: String {
        """
        A backup of the geo \(geo), made at \(madeAt)
          store        \(storeBytes) bytes, SHA-256 \(storeHash)
          made by      version \(version), schema \(schema.joined(separator: ", "))
          opened with  the key \(key)
        """
    }
}

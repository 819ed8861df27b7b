/// Whether a file with a private key is for its reader alone.
///
/// The rule is PostgreSQL's for its server key: mode 0600 or less; or, for a file of root's, 0640 or less, because that is the form in
/// which a system hands out credentials (a Kubernetes Secret in a volume with `fsGroup`, a systemd credential with an ACL).
public enum KeyFileMode {
    /// - Parameters:
    ///   - mode: of the file; only the nine bits of permissions count.
    ///   - owner: the file's user.
    ///   - reader: the user of this process.
    public static func isPrivate(_ mode: UInt32, owner: UInt32, reader: UInt32) -> Bool {
        let others: UInt32 = owner == 0 && reader != 0 ? 0o037 : 0o077
        return mode & others == 0
    }
}

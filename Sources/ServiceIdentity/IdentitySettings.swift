import ConfigurationFiles

/// The section `identity` of `node.yaml` and `router.yaml`: by which files a process proves inside who it is.
///
/// ```yaml
/// identity:
///   certificate: identity/router.pem   # the leaf first
///   key: identity/router-key.pem       # readable by its owner alone
///   authority: identity/ca.pem         # one or, while the authority is rotated, several
///   reload_seconds: 10
/// ```
public struct IdentitySettings: Sendable, Equatable {
    public var certificate: String
    public var key: String
    public var authority: String
    /// How often the files are looked at.
    public var reloadSeconds: Int

    public init(certificate: String, key: String, authority: String, reloadSeconds: Int = 10) {
        self.certificate = certificate
        self.key = key
        self.authority = authority
        self.reloadSeconds = reloadSeconds
    }

    /// Reads the section; nil where neither the file nor the environment says anything of it.
    ///
    /// - Parameter file: the configuration's path; paths in the section are relative to its folder.
    /// - Throws: `ConfigurationError` where a part of it is missing.
    public init?(reading root: ConfigurationSection, of file: String) throws {
        let isThere = root.has("identity")
        let section = try root.section("identity")
        let paths = try ["certificate", "key", "authority"].map { try section.string($0) }
        let seconds = try section.integer("reload_seconds", in: 1...60)
        try section.finish()
        if !isThere, paths.allSatisfy({ $0 == nil }) { return nil }
        guard let certificate = paths[0] else { throw section.missing("certificate", expecting: "the path of a PEM file") }
        guard let key = paths[1] else { throw section.missing("key", expecting: "the path of a PEM file") }
        guard let authority = paths[2] else { throw section.missing("authority", expecting: "the path of a PEM file") }
        self.init(
            certificate: TextFile.path(certificate, besides: file), key: TextFile.path(key, besides: file),
            authority: TextFile.path(authority, besides: file), reloadSeconds: seconds ?? 10)
    }
}

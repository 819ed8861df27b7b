import ConfigurationFiles

extension RouterConfiguration {
    /// Reads the certificates that the section `tls` names; nil without one.
    ///
    /// - Throws: `ConfigurationError` naming the file that cannot be used.
    func loadCertificates() throws(ConfigurationError) -> Certificates? {
        guard let tls else { return nil }
        return try Certificates(tls, topology: topology)
    }
}

import Geography
import NIOSSL

extension NIOSSLCertificate {
    /// The host names that this certificate proves, as they stand in it.
    public var hostNames: [String] { alternativeNames(.dnsName) }

    /// The URIs that this certificate proves.
    var uris: [String] { alternativeNames(.uri) }

    private func alternativeNames(_ type: _SubjectAlternativeName.NameType) -> [String] {
        _subjectAlternativeNames().filter { $0.nameType == type }.map { String(decoding: $0.contents, as: UTF8.self) }
    }

    /// Whether this certificate says exactly this id: one URI among its names, and that is the id (X509-SVID, section 2).
    ///
    /// Certificates with several URIs are refused whatever these are: a check that looks at the first of them is how two readers
    /// of one certificate come to two conclusions.
    func proves(_ id: SPIFFEID) -> Bool { uris == [id.description] }
}

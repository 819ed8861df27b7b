import NIOSSL

extension SPIFFEID {
    /// Whether this certificate says exactly this: one URI among its names, and that is this id (X509-SVID, section 2).
    ///
    /// Certificates with several URIs are refused whatever these are: a check that looks at the first of them is how two readers
    /// of one certificate come to two conclusions.
    public func isProven(by certificate: NIOSSLCertificate) -> Bool {
        Self.uris(of: certificate) == [description]
    }

    static func uris(of certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().filter { $0.nameType == .uri }.map { name in
            name.contents.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }
}

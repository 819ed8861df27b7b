import Foundation
import SwiftASN1
import X509

/// The first certificate of a PEM file: whom it is for, and until when.
public struct CertificateFile: Sendable {
    public let path: String
    public let validFrom: Date
    public let validUntil: Date
    /// The host names that it proves; one may begin with `*.`.
    public let hosts: [String]

    /// - Throws: ``CertificateError/unreadable(_:)``.
    public init(_ path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let document = try? PEMDocument.parseMultiple(pemString: text).first,
            let certificate = try? Certificate(pemDocument: document)
        else { throw CertificateError.unreadable(path) }
        self.path = path
        validFrom = certificate.notValidBefore
        validUntil = certificate.notValidAfter
        let names = try? certificate.extensions.subjectAlternativeNames
        hosts =
            (names ?? nil)?.compactMap { name in
                if case .dnsName(let host) = name { host.lowercased() } else { nil }
            } ?? []
    }

    /// Whether it proves a host: by its name, or by a wildcard for its first label (RFC 6125, section 6.4.3).
    public func proves(_ host: String) -> Bool {
        let parent = host.split(separator: ".", maxSplits: 1).dropFirst().first.map { "*.\($0)" }
        return hosts.contains(host) || parent.map(hosts.contains) == true
    }
}

import Accounts
import Foundation
import JWTKit

/// The public keys of a provider (RFC 7517).
struct ProviderKeys: Sendable {
    /// The signatures that are taken: all asymmetric. `none` and those with a shared secret have no case, so no key can be used so.
    enum Algorithm: String, CaseIterable, Sendable {
        case rs256 = "RS256"
        case ps256 = "PS256"
        case es256 = "ES256"
        case edDSA = "EdDSA"

        fileprivate var keyType: String {
            switch self {
            case .rs256, .ps256: "RSA"
            case .es256: "EC"
            case .edDSA: "OKP"
            }
        }

        fileprivate var curve: String? {
            switch self {
            case .rs256, .ps256: nil
            case .es256: "P-256"
            case .edDSA: "Ed25519"
            }
        }
    }

    fileprivate struct Key: Decodable, Sendable {
        let kty: String
        let use: String?
        let alg: String?
        let kid: String?
        let crv: String?
        let n: String?
        let e: String?
        let x: String?
        let y: String?

        func fits(_ algorithm: Algorithm) -> Bool {
            kty == algorithm.keyType && (use ?? "sig") == "sig" && (alg ?? algorithm.rawValue) == algorithm.rawValue
                && (algorithm.curve == nil || crv == algorithm.curve)
        }
    }

    private struct KeySet: Decodable {
        let keys: [Lenient]
    }

    /// A key of a kind that nobody here knows does not spoil the set.
    private struct Lenient: Decodable {
        let key: Key?

        init(from decoder: any Decoder) throws { key = try? Key(from: decoder) }
    }

    /// The most keys of a set that are looked at.
    static let mostKeys = 100

    private let keys: [Key]

    /// - Throws: ``ProviderFault/unreadable``.
    init(reading bytes: [UInt8]) throws(ProviderFault) {
        guard let set = try? JSONDecoder().decode(KeySet.self, from: Data(bytes)) else { throw .unreadable }
        keys = Array(set.keys.compactMap(\.key).prefix(Self.mostKeys))
    }

    var hasUsableKey: Bool { keys.contains { key in Algorithm.allCases.contains(where: key.fits) } }

    /// Those by which a token may be signed: the one with its key id, or every fitting one where the token or the key names none.
    func verifiers(for algorithm: Algorithm, kid: String?) async -> [JWTKeyCollection] {
        var collections: [JWTKeyCollection] = []
        for key in keys where key.fits(algorithm) && (kid == nil || key.kid == nil || key.kid == kid) {
            if let collection = try? await key.verifier(for: algorithm) { collections.append(collection) }
        }
        return collections
    }
}

extension ProviderKeys.Key {
    /// A collection of this key alone, under this algorithm alone.
    fileprivate func verifier(for algorithm: ProviderKeys.Algorithm) async throws -> JWTKeyCollection? {
        let keys = JWTKeyCollection()
        switch algorithm {
        case .rs256, .ps256:
            guard let n, let e else { return nil }
            // Refuses fewer than 2048 bits.
            let key = try Insecure.RSA.PublicKey(modulus: n, exponent: e)
            if algorithm == .rs256 {
                await keys.add(rsa: key, digestAlgorithm: .sha256)
            } else {
                await keys.add(pss: key, digestAlgorithm: .sha256)
            }
        case .es256:
            guard let x, let y else { return nil }
            await keys.add(ecdsa: try ES256PublicKey(parameters: (x, y)))
        case .edDSA:
            guard let x else { return nil }
            await keys.add(eddsa: try EdDSA.PublicKey(x: x, curve: .ed25519))
        }
        return keys
    }
}

import Crypto
import CryptoExtras
import Foundation

/// A key of a provider, which signs without the library that the verifying side uses.
public struct SigningKey: Sendable {
    public enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case ps256 = "PS256"
        case es256 = "ES256"
        case edDSA = "EdDSA"
    }

    private enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    public let algorithm: Algorithm
    public let id: String
    private let material: Material

    public init(_ algorithm: Algorithm, id: String) throws {
        self.algorithm = algorithm
        self.id = id
        switch algorithm {
        case .rs256, .ps256: material = .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        case .es256: material = .p256(P256.Signing.PrivateKey())
        case .edDSA: material = .ed25519(Curve25519.Signing.PrivateKey())
        }
    }

    func signature(of text: String) throws -> Data {
        let data = Data(text.utf8)
        switch material {
        case .rsa(let key):
            let padding: _RSA.Signing.Padding = algorithm == .ps256 ? .PSS : .insecurePKCS1v1_5
            return try key.signature(for: SHA256.hash(data: data), padding: padding).rawRepresentation
        case .p256(let key): return try key.signature(for: data).rawRepresentation
        case .ed25519(let key): return try key.signature(for: data)
        }
    }

    /// What everybody may know of it, as a JSON Web Key.
    func publicKey() throws -> [String: String] {
        var key = ["kid": id, "alg": algorithm.rawValue, "use": "sig"]
        switch material {
        case .rsa(let private_):
            let primitives = try private_.publicKey.getKeyPrimitives()
            key["kty"] = "RSA"
            key["n"] = primitives.modulus.base64URL
            key["e"] = primitives.publicExponent.base64URL
        case .p256(let private_):
            let point = private_.publicKey.rawRepresentation
            key["kty"] = "EC"
            key["crv"] = "P-256"
            key["x"] = Data(point.prefix(32)).base64URL
            key["y"] = Data(point.suffix(32)).base64URL
        case .ed25519(let private_):
            key["kty"] = "OKP"
            key["crv"] = "Ed25519"
            key["x"] = private_.publicKey.rawRepresentation.base64URL
        }
        return key
    }

    /// What a verifier that mixes up kinds of keys would take for a shared secret.
    var publicBytes: Data {
        switch material {
        case .rsa(let key): Data(key.publicKey.pemRepresentation.utf8)
        case .p256(let key): Data(key.publicKey.pemRepresentation.utf8)
        case .ed25519(let key): key.publicKey.rawRepresentation
        }
    }
}

extension Data {
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

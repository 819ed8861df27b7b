import Accounts
import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3; RFC 8414; RFC 9207).
struct ProviderMetadata: Decodable, Sendable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let jwksUri: String
    let userinfoEndpoint: String?
    let endSessionEndpoint: String?
    let authorizationResponseIssParameterSupported: Bool?

    /// - Throws: ``ProviderFault``.
    init(reading bytes: [UInt8], of issuer: String, rules: AddressRules) throws(ProviderFault) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(Self.self, from: Data(bytes))
        } catch DecodingError.keyNotFound {
            throw .missingEndpoint
        } catch {
            throw .unreadable
        }
        // Letter by letter (OpenID Connect Discovery 1.0, section 4.3).
        guard self.issuer == issuer else { throw .otherIssuer }
        for address in [authorizationEndpoint, tokenEndpoint, jwksUri, userinfoEndpoint, endSessionEndpoint] {
            if let address { _ = try ProviderAddress(address, rules: rules) }
        }
    }

    /// Where the metadata of an issuer are (OpenID Connect Discovery 1.0, section 4).
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }
}

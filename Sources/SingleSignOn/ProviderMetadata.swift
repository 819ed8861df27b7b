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

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case jwksUri = "jwks_uri"
        case userinfoEndpoint = "userinfo_endpoint"
        case endSessionEndpoint = "end_session_endpoint"
        case authorizationResponseIssParameterSupported = "authorization_response_iss_parameter_supported"
    }

    /// What is not needed may be of another kind, or empty: some providers write "" for what they do not have.
    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        func optional(_ key: CodingKeys) -> String? {
            (try? members.decodeIfPresent(String.self, forKey: key)).flatMap { $0.isEmpty ? nil : $0 }
        }
        issuer = try members.decode(String.self, forKey: .issuer)
        authorizationEndpoint = try members.decode(String.self, forKey: .authorizationEndpoint)
        tokenEndpoint = try members.decode(String.self, forKey: .tokenEndpoint)
        jwksUri = try members.decode(String.self, forKey: .jwksUri)
        userinfoEndpoint = optional(.userinfoEndpoint)
        endSessionEndpoint = optional(.endSessionEndpoint)
        authorizationResponseIssParameterSupported = try? members.decodeIfPresent(
            Bool.self, forKey: .authorizationResponseIssParameterSupported)
    }

    /// - Throws: ``ProviderFault``.
    init(reading bytes: [UInt8], of issuer: String, rules: AddressRules) throws(ProviderFault) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
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

import Crypto
import Foundation
import Geography

/// What an attempt has to remember until the browser comes back, and nobody else may know.
struct SignOnSecrets {
    let nonce: String
    let codeVerifier: String
    /// Where the person wanted to go.
    let destination: String

    /// - Parameter destination: an absolute address, without line breaks.
    init(mint: Mint, destination: String) {
        nonce = mint.oneTimeToken().description
        codeVerifier = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        self.destination = destination
    }

    /// - Throws: ``StoreError/corrupt(_:)``.
    init(text: String) throws {
        let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 3 else { throw StoreError.corrupt("an attempt of single sign-on that cannot be read") }
        (nonce, codeVerifier, destination) = (lines[0], lines[1], lines[2])
    }

    var text: String { "\(nonce)\n\(codeVerifier)\n\(destination)" }

    func request(state: GeoUUID, returningTo address: String) -> SignOnRequest {
        SignOnRequest(redirectAddress: address, state: state.description, nonce: nonce, codeVerifier: codeVerifier)
    }
}

import Accounts
import QRCodes

/// What a page shows for setting up an authenticator app: a picture for its camera, and the same as text.
struct SecondFactorView {
    struct Picture {
        /// Width and height of the SVG's view box, quiet zone included.
        let size: Int
        let path: String
    }

    let secret: String
    let uri: String
    /// None where the address of the admin is longer than any code holds.
    let picture: Picture?

    init(_ offer: ConsoleAccess.Offer) {
        secret = offer.secret
        uri = offer.uri
        picture = (try? QRCode(offer.uri)).map { Picture(size: $0.drawingSize, path: $0.path) }
    }
}

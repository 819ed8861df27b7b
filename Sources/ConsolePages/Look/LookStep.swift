import Languages

/// What the form of a portal's look can ask for.
enum LookStep: String {
    case save
    case removeLogo = "remove-logo"
    case removeFavicon = "remove-favicon"

    /// The image that is gone afterwards, and what removes it; nil for a step by which nothing is lost.
    func removedImage(in book: Phrasebook) -> (name: String, button: String)? {
        switch self {
        case .save: nil
        case .removeLogo: (book["console.look.logo"], book["console.look.removeLogo"])
        case .removeFavicon: (book["console.look.icon"], book["console.look.removeIcon"])
        }
    }
}

/// A plain text in which the links to one site can be pressed; other addresses stay text.
struct LinkedText {
    struct Piece: Equatable {
        let text: String
        let isLink: Bool
    }

    let pieces: [Piece]

    /// - Parameter origin: the site's address without a trailing slash.
    init(_ text: String, linkingTo origin: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: origin)?.lowerBound {
            let candidate = rest[start...].prefix { !$0.isWhitespace && !"<>\"'`{}|\\^".contains($0) }
            let link = Self.withoutPunctuation(candidate)
            let isLink = link.count == origin.count || "/?#".contains(link[link.index(link.startIndex, offsetBy: origin.count)])
            pieces.append(Piece(text: String(rest[..<start]), isLink: false))
            pieces.append(Piece(text: String(link), isLink: isLink))
            rest = rest[link.endIndex...]
        }
        pieces.append(Piece(text: String(rest), isLink: false))
        self.pieces = pieces.filter { !$0.text.isEmpty }
    }

    /// A full stop after an address ends the sentence, not the address.
    private static func withoutPunctuation(_ link: Substring) -> Substring {
        var link = link
        while let last = link.last, ".,;:!?)]".contains(last) { link.removeLast() }
        return link
    }
}

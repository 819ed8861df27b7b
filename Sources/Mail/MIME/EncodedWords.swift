import Foundation

/// Text of any script in a header field (RFC 2047).
enum EncodedWords {
    /// The octets of text in one word: with the field's name before it, the word stays within a line of 76 characters.
    private static let wordOctets = 39

    /// Whether a line needs no encoding: printable ASCII that no reader takes for an encoded word.
    static func mayStandBare(_ line: String) -> Bool {
        line.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !line.contains("=?")
    }

    /// Words in base64 with UTF-8, one on each line, none of which ends inside a character.
    static func encode(_ line: String) -> String {
        var words: [String] = []
        var word = Data()
        for scalar in line.unicodeScalars {
            let octets = Data(String(scalar).utf8)
            if word.count + octets.count > wordOctets {
                words.append("=?UTF-8?B?\(word.base64EncodedString())?=")
                word.removeAll()
            }
            word += octets
        }
        if !word.isEmpty { words.append("=?UTF-8?B?\(word.base64EncodedString())?=") }
        return words.joined(separator: "\r\n ")
    }

    /// The text of an unfolded line in which words of UTF-8 in base64 stand, as ``encode(_:)`` writes them.
    static func decode(_ line: String) -> String {
        var text = ""
        var rest = line[...]
        while let start = rest.range(of: "=?UTF-8?B?"), let end = rest[start.upperBound...].range(of: "?=") {
            let gap = rest[..<start.lowerBound]
            let followsWord = rest.startIndex != line.startIndex
            // White space between two encoded words is a fold and no text (RFC 2047, section 6.2).
            if !(followsWord && gap.allSatisfy(\.isWhitespace)) { text += gap }
            let octets = Data(base64Encoded: String(rest[start.upperBound..<end.lowerBound])) ?? Data()
            text += String(decoding: octets, as: UTF8.self)
            rest = rest[end.upperBound...]
        }
        return text + rest
    }
}

import Foundation

/// What the headers of one field of a `multipart/form-data` body say; nil where they are not as browsers write them.
struct PartHeaders {
    let name: String
    /// Whether the field is a file, chosen or not.
    let isFile: Bool

    init?(_ bytes: ArraySlice<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var disposition: Substring?
        for line in text.components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-disposition" where disposition == nil: disposition = value
            case "content-type": break
            default: return nil
            }
        }
        // Browsers write a quotation mark in a name or a file's name as %22 (HTML, section 4.10.21.8).
        guard let match = disposition?.wholeMatch(of: #/form-data; name="([^"\r\n]+)"(; filename="[^"\r\n]*")?/#) else {
            return nil
        }
        name = String(match.1)
        isFile = match.2 != nil
    }
}

/// Names that may stand in a command line of `curl`, where other signs would mean something.
enum HTTPToken {
    private static let signs = Set("!#$%&'*+-.^_`|~".utf8)
    private static let fieldSigns = Set("-._[]".utf8)

    /// A token of RFC 9110, section 5.6.2, of reasonable length.
    static func isToken(_ name: String) -> Bool { isName(name, signs) }

    /// The name of a form's field in which nothing is an instruction to curl.
    static func isFieldName(_ name: String) -> Bool { isName(name, fieldSigns) }

    private static func isName(_ name: String, _ signs: Set<UInt8>) -> Bool {
        !name.isEmpty && name.utf8.count <= 200
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: signs.contains(byte)
                }
            }
    }
}

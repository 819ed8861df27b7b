/// The most used passwords of at least eight characters, which nobody may choose.
enum CommonPasswords {
    private static let list: Set<Substring> = Set(text.split(separator: "\n"))

    /// - Parameter password: in lower case.
    static func contains(_ password: String) -> Bool { list.contains(password[...]) }
}

/// A word of a POSIX shell's command line.
enum ShellWord {
    /// Between single quotes nothing means anything but the single quote, which is put beside them (POSIX, 2.2.2).
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars where scalar != "\0" {
            if scalar == "'" {
                quoted += #"'\''"#
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }
}

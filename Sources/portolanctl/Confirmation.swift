import ArgumentParser

/// Asks for a word of confirmation where something is deleted for good.
struct Confirmation: ParsableArguments {
    @Flag(help: "Confirm it: what is deleted does not come back.")
    var yes = false

    func validate() throws {
        guard yes else { throw ValidationError("this cannot be undone; repeat the command with --yes") }
    }
}

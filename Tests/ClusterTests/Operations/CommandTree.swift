import Foundation

/// The commands of a program, as ArgumentParser describes them (`--experimental-dump-help`).
struct CommandTree: Decodable {
    struct Command: Decodable {
        let commandName: String
        let discussion: String?
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// This one and all below it.
        var all: [Command] { [self] + (subcommands ?? []).flatMap(\.all) }
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let names: [Name]?
        let isOptional: Bool
        let isRepeating: Bool
        let defaultValue: String?
        let valueName: String?
    }

    let command: Command

    /// What a line asks of the program that the program does not know; nil where it would be read.
    ///
    /// - Parameters:
    ///   - words: behind the program's name.
    ///   - isWhole: whether what a command needs has to be there; a mention in a sentence leaves it out.
    func complaint(about words: [String], isWhole: Bool) -> String? {
        var (command, rest) = (command, words[...])
        while true {
            let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
            guard !subcommands.isEmpty else { return Self.complaint(about: rest, of: command, isWhole: isWhole) }
            guard let next = subcommands.first(where: { $0.commandName == rest.first }) else {
                return Self.complaint(about: rest, of: command, or: subcommands, isWhole: isWhole)
            }
            (command, rest) = (next, rest.dropFirst())
        }
    }

    /// Where no subcommand is named, which the description does not tell: one of them may be the one that is meant.
    private static func complaint(
        about words: ArraySlice<String>, of command: Command, or subcommands: [Command], isWhole: Bool
    ) -> String? {
        if words.isEmpty, !isWhole { return nil }
        let isOptions = words.first?.hasPrefix("-") == true
        let own = isOptions && complaint(about: words, of: command, isWhole: true) == nil
        guard !own, !isOptions || !subcommands.contains(where: { complaint(about: words, of: $0, isWhole: isWhole) == nil })
        else {
            return nil
        }
        return "there is no \(command.commandName) \(words.first ?? "without a subcommand")"
    }

    private static func complaint(about words: ArraySlice<String>, of command: Command, isWhole: Bool) -> String? {
        let arguments = command.arguments ?? []
        var (rest, seen, values) = (words, Set<String>(), 0)
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                values += 1
                continue
            }
            let name = String(word.prefix { $0 != "=" })
            guard let argument = arguments.first(where: { $0.names?.contains { $0.text == name } == true }) else {
                return "\(command.commandName) has no \(name)"
            }
            seen.formUnion(argument.names?.map(\.text) ?? [])
            guard argument.kind == "option", !word.contains("=") else { continue }
            guard let value = rest.popFirst(), !value.hasPrefix("--") else {
                return "\(name) of \(command.commandName) has no value"
            }
        }
        guard isWhole else { return nil }
        let places = arguments.filter { $0.kind == "positional" }
        let needed = places.count { !$0.isOptional && $0.defaultValue == nil }
        guard values >= needed, values <= places.count || places.contains(where: \.isRepeating) else {
            return "\(command.commandName) takes \(needed) to \(places.count) words, not \(values)"
        }
        let missing = arguments.first { argument in
            argument.kind == "option" && !argument.isOptional && argument.defaultValue == nil
                && argument.names?.contains { seen.contains($0.text) } == false
        }
        return missing.map { "\(command.commandName) lacks \($0.names?.first?.text ?? "")" }
    }
}

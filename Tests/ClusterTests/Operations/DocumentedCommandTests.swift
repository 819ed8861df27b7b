import ChildProcesses
import Foundation
import Testing

@Suite("Commands that the documents name", .timeLimit(.minutes(2)))
struct DocumentedCommandTests {
    private static let programs = ["portolanctl", "portolan-node", "portolan-router"]

    private static func tree(of program: String) async throws -> CommandTree {
        let child = try ChildProcess(Products.path(program), ["--experimental-dump-help"])
        #expect(await child.end() == 0)
        return try JSONDecoder().decode(CommandTree.self, from: Data(child.output.utf8))
    }

    private static func files(_ folder: String, _ suffixes: [String]) -> [URL] {
        let root = Products.root.appending(path: folder)
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return found.filter { file in suffixes.contains { file.lastPathComponent.hasSuffix($0) } }
    }

    @Test("are read by the programs as they stand there: in the documents, in deploy, and in the programs' own examples")
    func documents() async throws {
        let texts =
            Self.files("docs", [".md"]) + Self.files("deploy", [".md", ".yaml", ".service", ".conf"])
            + ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map { Products.root.appending(path: $0) }
        var checked = 0
        for program in Self.programs {
            let tree = try await Self.tree(of: program)
            for file in texts {
                for line in try Self.lines(with: program, in: String(contentsOf: file, encoding: .utf8)) {
                    let complaint = tree.complaint(about: line.words, isWhole: line.isWhole)
                    #expect(complaint == nil, "\(file.lastPathComponent): \(program) \(line.words.joined(separator: " "))")
                    checked += 1
                }
            }
            for command in tree.command.all {
                for line in try Self.lines(with: program, in: Self.examples(of: command)) {
                    let complaint = tree.complaint(about: line.words, isWhole: line.isWhole)
                    #expect(complaint == nil, "help of \(command.commandName): \(line.words.joined(separator: " "))")
                    checked += 1
                }
            }
        }
        #expect(checked > 100)
    }

    @Test("are commands where an error or a finding tells somebody what to do")
    func remedies() async throws {
        let tree = try await Self.tree(of: "portolanctl")
        var checked = 0
        for file in Self.files("Sources", [".swift"]) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/(?:remedy: ".*?|: )portolanctl ([a-z][^",;\n]*)/#) {
                let words = match.1.trimmingCharacters(in: CharacterSet(charactersIn: ".)")).split(separator: " ").map(
                    String.init)
                let complaint = tree.complaint(about: words, isWhole: false)
                #expect(complaint == nil, "\(file.lastPathComponent): portolanctl \(match.1)")
                checked += 1
            }
        }
        #expect(checked >= 15)
    }

    @Test("are found wrong where they are wrong")
    func mistakes() async throws {
        let tree = try await Self.tree(of: "portolanctl")
        func complaint(_ line: String) -> String? {
            tree.complaint(about: line.split(separator: " ").map(String.init), isWhole: true)
        }
        #expect(complaint("backup --config node.yaml --output x.portolan") == nil)
        #expect(complaint("certificates issue node eu --folder identity --topology topology.yaml") == nil)
        #expect(complaint("backup --config node.yaml") == "there is no backup --config")
        #expect(complaint("certificates renew --folder identity") == "there is no certificates renew")
        #expect(complaint("topology check topology.yaml --loud") == "check has no --loud")
        #expect(complaint("topology check") == "check takes 1 to 1 words, not 0")
        #expect(complaint("restore --config --key backup-eu.key x.portolan") == "--config of restore has no value")
    }

    /// What a command's help shows, below prose that names commands, too.
    private static func examples(of command: CommandTree.Command) -> String {
        let lines = (command.discussion ?? "").split(separator: "\n").filter { $0.hasPrefix("  ") }
        return "```\n\(lines.joined(separator: "\n"))\n```"
    }

    /// Commands of a text, as words: whole ones in blocks, mentions between backticks.
    private static func lines(with program: String, in text: String) throws -> [(words: [String], isWhole: Bool)] {
        let joined = text.replacing(#/\\\n\s*/#, with: " ").replacing(#/sudo -u [\w-]+ /#, with: "")
            .replacing(#/"[^"\n]*"|\$\([^)\n]*\)/#, with: "x")
        var found: [(words: [String], isWhole: Bool)] = []
        var isBlock = false
        for line in joined.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") { isBlock.toggle() }
            let pattern =
                isBlock ? try Regex("(?:^|\\s|[a-z]/)\(program) (\\S.*)") : try Regex("`(?:[^`]* )?\(program) (\\S[^`]*)`")
            for match in line.matches(of: pattern) {
                guard let tail = match.output[1].substring else { continue }
                // A comment stands two spaces behind; a shell's text ends a command; "a|b" means one of them.
                let command = String(tail).replacing(#/(?:  |[;'&>#]|\s\|).*/#, with: "")
                let words = command.split(separator: " ").map(String.init)
                guard let first = words.first, first.wholeMatch(of: #/[a-z][a-z|-]*|--[a-z-]+/#) != nil else { continue }
                for choice in choices(words) {
                    let isCut = choice.contains { $0.hasPrefix("…") }
                    found.append((choice.filter { !$0.hasPrefix("…") }, isBlock && !isCut && !choice.contains("--help")))
                }
            }
        }
        return found
    }

    private static func choices(_ words: [String]) -> [[String]] {
        guard let place = words.firstIndex(where: { $0.contains("|") }) else { return [words] }
        return words[place].split(separator: "|").map { choice in
            words[..<place] + [String(choice)] + words[(place + 1)...]
        }
    }
}

import ArgumentParser
import Foundation
import NodeService

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks at everything that a node or a router needs, and says what to put right.",
        discussion: """
            Runs on the process's machine, as its user, while it serves or while it is stopped; changes nothing. Looks at files and their \
            permissions, certificates, the clock, host names, the mail server (up to the log-in; no mail is sent), the store, the last \
            backup; for a router at its certificates, names and nodes.

            Exits with 0 where nothing is wrong (warnings are printed), with 1 where something is, with 78 where the configuration is.

            EXAMPLES
              portolanctl doctor --config /etc/portolan/node-eu.yaml
              portolanctl doctor --router /etc/portolan/router.yaml
            """)

    @Option(help: ArgumentHelp("The configuration of a geo's node.", valueName: "node.yaml"))
    var config: String?

    @Option(help: ArgumentHelp("The configuration of a router.", valueName: "router.yaml"))
    var router: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func validate() throws {
        guard (config == nil) != (router == nil) else { throw ValidationError("expected --config or --router") }
    }

    func run() async throws {
        var findings: [Finding] = []
        if let config {
            findings = await NodeExamination.findings(configurationFile: config, limitAt: RouterExamination.descriptorLimit)
        }
        if let router { findings = await RouterExamination.findings(configurationFile: router) }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings { print(Self.text(finding)) }
        }
        let problems = findings.filter { $0.verdict == .problem }
        if problems.contains(where: { $0.subject == "configuration" }) { throw CommandFailure.wrongConfiguration }
        if !problems.isEmpty { throw ExitCode.failure }
    }

    private static func text(_ finding: Finding) -> String {
        let mark =
            switch finding.verdict {
            case .right: "  ok     "
            case .warning: "  warning"
            case .problem: "  PROBLEM"
            }
        let subject = finding.subject.padding(toLength: 13, withPad: " ", startingAt: 0)
        return "\(mark)  \(subject)  \(finding.text)"
            + (finding.remedy.map { "\n" + String(repeating: " ", count: 26) + "-> \($0)" } ?? "")
    }
}

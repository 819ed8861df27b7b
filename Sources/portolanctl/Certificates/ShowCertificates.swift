import ArgumentParser
import Certificates
import Foundation

extension CertificatesCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what each certificate proves, and until when; exits with 1 where one cannot be used.",
            discussion: """
                EXAMPLE
                  portolanctl certificates show --folder identity
                """)

        @OptionGroup var place: CertificateFolderOption

        func run() throws {
            try CommandFailure.reportingOfCertificates {
                let reports = try CertificateFolder(place.folder).reports()
                for report in reports { print(Self.text(report, now: Date())) }
                if reports.contains(where: { $0.state != .valid }) { throw ExitCode.failure }
            }
        }

        private static func text(_ report: CertificateReport, now: Date) -> String {
            let from = report.validFrom.formatted(.iso8601)
            let until = report.validUntil.formatted(.iso8601)
            return """
                \(report.file)  \(report.state.rawValue), \(left(report.validUntil.timeIntervalSince(now)))
                  proves       \(report.names.joined(separator: ", "))
                  valid        \(from) to \(until)
                  fingerprint  \(report.fingerprint)
                """
        }

        private static func left(_ seconds: TimeInterval) -> String {
            let hours = Int(seconds / 3600)
            return seconds <= 0 ? "nothing left" : hours < 48 ? "\(hours) hours left" : "\(hours / 24) days left"
        }
    }
}

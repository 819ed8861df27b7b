import ArgumentParser
import Certificates
import Foundation

extension CertificatesCommand {
    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the authorities of a folder; never overwrites one.",
            discussion: """
                EXAMPLE
                  portolanctl certificates init --folder identity
                """)

        @OptionGroup var place: CertificateFolderOption

        @Option(help: "How many days the authorities live.")
        var days = 3650

        func validate() throws {
            guard (1...36_500).contains(days) else { throw ValidationError("--days: expected 1 to 36500, found \(days)") }
        }

        func run() throws {
            try CommandFailure.reportingOfCertificates {
                try CertificateFolder(place.folder).initialize(lifetime: TimeInterval(days) * 86_400)
                print("made ca.pem and public-ca.pem in \(place.folder); keep ca-key.pem on this machine")
            }
        }
    }
}

extension CommandFailure {
    /// Does something with certificates, and explains what stands in the way.
    static func reportingOfCertificates(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let code as ExitCode {
            throw code
        } catch {
            throw report(error)
        }
    }
}

import ArgumentParser
import Certificates
import ConfigurationFiles
import Geography

extension CertificatesCommand {
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Renews the certificates that are past half of their lives.",
            discussion: """
                Run it every day; where nothing is due it changes nothing. Nothing is restarted and no connection is dropped.

                --authority makes a new authority, which is trusted beside the old one. The next rotation, an hour later or more, \
                has it sign every certificate; the one after that, again an hour later or more, drops the old authority. Bring \
                the files to the other machines within that hour.

                EXAMPLE, as a line of cron:
                  17 3 * * * portolanctl certificates rotate --folder /etc/portolan/identity --topology /etc/portolan/topology.yaml
                """)

        @OptionGroup var place: CertificateFolderOption

        @Option(help: ArgumentHelp("The topology.", valueName: "topology.yaml"))
        var topology: String

        @Flag(help: "Renew each certificate, however young.")
        var all = false

        @Flag(help: "Begin to replace the authority inside.")
        var authority = false

        @OptionGroup var lifetime: LeafLifetime

        func validate() throws {
            if all, authority {
                throw ValidationError(
                    "expected --all or --authority, found both: what a new authority signs is trusted only after a while")
            }
        }

        func run() throws {
            try CommandFailure.reportingOfCertificates {
                let folder = CertificateFolder(place.folder)
                if authority {
                    try folder.rotateAuthority()
                    return print("made a new authority, trusted beside the old one; rotate again in an hour or more")
                }
                let topology = try Topology(yaml: TextFile.read(topology), named: topology)
                let renewed = try folder.rotate(in: topology, everything: all, lifetime: lifetime.seconds)
                print(renewed.isEmpty ? "nothing is due" : "renewed \(renewed.joined(separator: ", "))")
            }
        }
    }
}

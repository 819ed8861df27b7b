import ArgumentParser
import Certificates
import ConfigurationFiles
import Geography

extension CertificatesCommand {
    struct Issue: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a key and a certificate for it, in place of earlier ones.",
            discussion: """
                EXAMPLES
                  portolanctl certificates issue all --folder identity --topology topology.yaml
                  portolanctl certificates issue router --folder identity --topology topology.yaml
                  portolanctl certificates issue node eu --folder identity --topology topology.yaml --hours 24
                  portolanctl certificates issue public eu --folder identity --topology topology.yaml
                  portolanctl certificates issue public-chooser --folder identity --topology topology.yaml
                """)

        @Argument(help: ArgumentHelp("all, router, node, public or public-chooser.", valueName: "for"))
        var purpose: String

        @Argument(help: "The geo, after node and public.")
        var geo: String?

        @OptionGroup var place: CertificateFolderOption

        @Option(help: ArgumentHelp("The topology.", valueName: "topology.yaml"))
        var topology: String

        @OptionGroup var lifetime: LeafLifetime

        func validate() throws {
            switch (purpose, geo) {
            case ("node", nil), ("public", nil): throw ValidationError("expected a geo after \(purpose), such as \(purpose) eu")
            case ("node", let geo?), ("public", let geo?):
                do { _ = try GeoID(geo) } catch { throw ValidationError("\(error)") }
            case ("all", nil), ("router", nil), ("public-chooser", nil): break
            case ("all", let geo?), ("router", let geo?), ("public-chooser", let geo?):
                throw ValidationError("expected nothing after \(purpose), found \(geo)")
            default: throw ValidationError("expected all, router, node, public or public-chooser, found \(purpose)")
            }
        }

        func run() throws {
            try CommandFailure.reportingOfCertificates {
                let topology = try Topology(yaml: TextFile.read(topology), named: topology)
                for purpose in try purposes(in: topology) {
                    try CertificateFolder(place.folder).issue(purpose, in: topology, lifetime: lifetime.seconds)
                    print("issued \(purpose.fileName).pem")
                }
            }
        }

        private func purposes(in topology: Topology) throws -> [LeafPurpose] {
            switch (purpose, geo) {
            case ("node", let geo?): [.node(try GeoID(geo))]
            case ("public", let geo?): [.publicGeo(try GeoID(geo))]
            case ("router", _): [.router]
            case ("public-chooser", _): [.publicChooser]
            default: LeafPurpose.all(of: topology)
            }
        }
    }
}

import ArgumentParser

struct CertificatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificates",
        abstract: "Makes and renews the certificates by which routers and nodes know each other.",
        discussion: """
            A folder holds a private authority (ca.pem, ca-key.pem) and the certificates that it signed: router.pem, geo-eu.pem, \
            … with their keys. Keep the folder on one machine; of it a router gets ca.pem, router.pem and router-key.pem, a node \
            ca.pem, geo-GEO.pem and geo-GEO-key.pem, and nobody gets ca-key.pem. Processes look at their files every few seconds, \
            so nothing is restarted.

            The folder's second authority, public-ca.pem, signs certificates to show to clients in trials.

            EXAMPLES
              portolanctl certificates init --folder identity
              portolanctl certificates issue all --folder identity --topology topology.yaml
              portolanctl certificates show --folder identity

            Certificates live 7 days. Renew what is past half of its life every day, with a line of cron:
              17 3 * * * portolanctl certificates rotate --folder /etc/portolan/identity --topology /etc/portolan/topology.yaml
            """,
        subcommands: [Init.self, Issue.self, Rotate.self, Show.self])
}

/// Where the certificates are.
struct CertificateFolderOption: ParsableArguments {
    @Option(help: ArgumentHelp("Where the certificates are kept.", valueName: "folder"))
    var folder: String
}

import ArgumentParser
import ServiceProcess

/// The operator's tool.
@main
struct Portolanctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portolanctl",
        abstract: "Works on the geos of a multi-geo developer portal: one geo at a time.",
        discussion: """
            EXAMPLES
              portolanctl cluster up                                    three geos and a router on this machine
              portolanctl topology check /etc/portolan/topology.yaml    what is wrong with a topology
              portolanctl certificates init --folder identity           the authority that routers and nodes trust
              portolanctl admin token create --config node.yaml --email you@example.com
              export PORTOLAN_ADMIN_TOKEN=ptladm_eu_…
              portolanctl developers list --api https://eu.api.example.com --portal acme --status pending
              portolanctl mails retry --api https://eu.api.example.com --all    every dead letter once more
              portolanctl audit verify --config node.yaml               whether the geo's audit log is whole
              portolanctl status --topology topology.yaml               how every geo is: health and counts
              portolanctl doctor --config node.yaml                     what to put right on a geo's machine
              portolanctl backup --config node.yaml --output FILE       an encrypted backup, while the node serves
            """,
        version: ProductVersion.current,
        subcommands: [
            ClusterCommand.self, TopologyCommand.self, AdminCommand.self, AdminsCommand.self, PortalsCommand.self,
            DevelopersCommand.self, IdentityProvidersCommand.self, APIsCommand.self, MailsCommand.self,
            AuditCommand.self, CertificatesCommand.self,
            BackupKeyCommand.self,
            BackupCommand.self,
            RestoreCommand.self, StatusCommand.self, DoctorCommand.self,
        ])
}

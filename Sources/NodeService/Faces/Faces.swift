import Accounts
import Crypto
import Geography
import HTTPConventions
import Hummingbird
import Logging
import ManagementAPI
import PortalAPI
import PortalPages

/// Everything that a node says over HTTP to the router, by host.
struct Faces: Sendable {
    let responder: any HTTPResponder<NodeRequestContext>

    /// - Parameters:
    ///   - mailbox: the mails of a maildir, shown at `/dev/mailbox`; nil where mail is really sent.
    ///   - formKey: signs the forms of the pages.
    ///   - renderedDocumentBytes: how much memory rendered documents may take.
    init(
        geo: Geo, topology: Topology, flows: AccountFlows, mailbox: (any MailboxReader)?, formKey: SymmetricKey,
        renderedDocumentBytes: Int = PortalPages.standardRenderedDocumentBytes, clock: any WallClock, logger: Logger
    ) throws {
        let problems = ProblemMiddleware(logger: logger)

        let portalAPI = Router(context: NodeRequestContext.self)
        portalAPI.add(middleware: problems)
        PortalAPI(flows: flows, clock: clock).addRoutes(to: portalAPI)

        let pages = Router(context: NodeRequestContext.self)
        try PortalPages(
            flows: flows, mailbox: mailbox, formKey: formKey, geoName: geo.name, clock: clock,
            renderedDocumentBytes: renderedDocumentBytes, logger: logger
        ).addRoutes(to: pages)

        let management = Router(context: NodeRequestContext.self)
        management.add(middleware: problems)
        ManagementAPI(flows: flows).addRoutes(to: management)

        responder = HostDispatch(
            geo: geo.id, hosts: HostTable(topology), rules: ResidencyRules(topology), flows: flows,
            portalAPI: portalAPI.buildResponder(), pages: pages.buildResponder(), management: management.buildResponder(),
            logger: logger)
    }
}

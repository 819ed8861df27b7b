import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// The Portal Management API, version 3: what admins' clients call at a geo's API host, with an admin token.
public struct ManagementAPI: Sendable {
    let flows: AccountFlows

    public init(flows: AccountFlows) { self.flows = flows }

    /// Adds every operation to a group that turns errors into problems. Each but the API's own document asks for an admin token first,
    /// then for the admin's permission.
    public func addRoutes(to router: some RouterMethods<NodeRequestContext>) {
        router.path("/v3/openapi.yaml", [.get: document])
        let admins = router.group("/v3").add(middleware: AdminTokenMiddleware(admins: flows.admins))
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            admins.path(RouterPath(path), Dictionary(uniqueKeysWithValues: routes.map { ($0.method, $0.operation) }))
        }
    }

    /// Every operation.
    var routes: [ManagementRoute] {
        [
            ManagementRoute(.get, "portals", .may(.seePortals), listPortals),
            ManagementRoute(.post, "portals", .may(.managePortals), createPortal),
            ManagementRoute(.get, "portals/{portalId}", .may(.seePortals), getPortal),
            ManagementRoute(.patch, "portals/{portalId}", .may(.managePortals), updatePortal),
            ManagementRoute(.delete, "portals/{portalId}", .may(.managePortals), deletePortal),
            ManagementRoute(
                .get, "portals/{portalId}/authentication-settings", .may(.seePortals), getAuthenticationSettings),
            ManagementRoute(
                .patch, "portals/{portalId}/authentication-settings", .may(.managePortals), updateAuthenticationSettings),

            ManagementRoute(.get, "portals/{portalId}/developers", .may(.seeDevelopers), listDevelopers),
            ManagementRoute(.post, "portals/{portalId}/developers", .may(.decideAboutDevelopers), createDeveloper),
            ManagementRoute(.get, "portals/{portalId}/developers/{developerId}", .may(.seeDevelopers), getDeveloper),
            ManagementRoute(.patch, "portals/{portalId}/developers/{developerId}", .may(.decideAboutDevelopers), updateDeveloper),
            ManagementRoute(
                .delete, "portals/{portalId}/developers/{developerId}", .may(.decideAboutDevelopers), deleteDeveloper),

            ManagementRoute(.get, "admins", .may(.manageAdmins), listAdmins),
            ManagementRoute(.post, "admins", .may(.manageAdmins), createAdmin),
            ManagementRoute(.get, "admins/me", .everyAdmin, getOwnAdmin),
            ManagementRoute(.get, "admins/{adminId}", .may(.manageAdmins), getAdmin),
            ManagementRoute(.patch, "admins/{adminId}", .may(.manageAdmins), updateAdmin),
            ManagementRoute(.delete, "admins/{adminId}", .may(.manageAdmins), deleteAdmin),
            ManagementRoute(.post, "admins/{adminId}/password-link", .may(.manageAdmins), sendPasswordLink),
            ManagementRoute(.delete, "admins/{adminId}/second-factor", .may(.manageAdmins), resetSecondFactor),
            ManagementRoute(.get, "admins/{adminId}/tokens", .may(.manageAdmins), listAdminTokens),
            ManagementRoute(.post, "admins/{adminId}/tokens", .may(.manageAdmins), createAdminToken),
            ManagementRoute(.delete, "admins/{adminId}/tokens/{tokenId}", .may(.manageAdmins), revokeAdminToken),

            ManagementRoute(.get, "audit-log", .may(.readAuditLog), exportAuditLog),
        ] + signOnRoutes + catalogRoutes + lookRoutes + mailRoutes + mailQueueRoutes
    }

    private var signOnRoutes: [ManagementRoute] {
        let path = "portals/{portalId}/identity-providers"
        return [
            ManagementRoute(.get, path, .may(.seePortals), listIdentityProviders),
            ManagementRoute(.post, path, .may(.managePortals), createIdentityProvider),
            ManagementRoute(.get, "\(path)/{id}", .may(.seePortals), getIdentityProvider),
            ManagementRoute(.patch, "\(path)/{id}", .may(.managePortals), updateIdentityProvider),
            ManagementRoute(.delete, "\(path)/{id}", .may(.managePortals), deleteIdentityProvider),
            ManagementRoute(.post, "\(path)/{id}/examination", .may(.managePortals), examineIdentityProvider),
        ] + teamMappingRoutes
    }

    private var teamMappingRoutes: [ManagementRoute] {
        let path = "portals/{portalId}/identity-providers/{id}/team-group-mappings"
        let old = "portals/{portalId}/identity-provider/team-group-mappings"
        return [
            ManagementRoute(.get, path, .may(.seePortals), listTeamMappings),
            ManagementRoute(.post, path, .may(.managePortals), createTeamMapping),
            ManagementRoute(.get, "\(path)/{mappingId}", .may(.seePortals), getTeamMapping),
            ManagementRoute(.delete, "\(path)/{mappingId}", .may(.managePortals), deleteTeamMapping),
            ManagementRoute(.get, old, .may(.seePortals), listTeamGroups),
            ManagementRoute(.patch, old, .may(.managePortals), updateTeamGroups),
        ]
    }

    private var mailRoutes: [ManagementRoute] {
        let (usual, custom) = ("portals/email-templates", "portals/{portalId}/email-templates")
        return [
            ManagementRoute(.get, usual, .may(.seePortals), listDefaultMailTemplates),
            ManagementRoute(.get, "\(usual)/variables", .may(.seePortals), listMailVariables),
            ManagementRoute(.get, "\(usual)/{templateName}", .may(.seePortals), getDefaultMailTemplate),
            ManagementRoute(.get, custom, .may(.seePortals), listMailTemplates),
            ManagementRoute(.get, "\(custom)/{templateName}", .may(.seePortals), getMailTemplate),
            ManagementRoute(.patch, "\(custom)/{templateName}", .may(.managePortals), updateMailTemplate),
            ManagementRoute(.delete, "\(custom)/{templateName}", .may(.managePortals), deleteMailTemplate),
            ManagementRoute(.post, "\(custom)/{templateName}/send-test-email", .may(.managePortals), sendTestMail),
            ManagementRoute(.post, "\(custom)/{templateName}/preview", .may(.managePortals), previewMail),
        ]
    }

    private var mailQueueRoutes: [ManagementRoute] {
        let sender = "portals/{portalId}/email-config"
        return [
            ManagementRoute(.get, "mails", .may(.seeMails), listMails),
            ManagementRoute(.post, "mails/retry", .may(.decideAboutMails), retryDeadLetters),
            ManagementRoute(.get, "mails/{mailId}", .may(.seeMails), getMail),
            ManagementRoute(.delete, "mails/{mailId}", .may(.decideAboutMails), discardMail),
            ManagementRoute(.post, "mails/{mailId}/retry", .may(.decideAboutMails), retryMail),

            ManagementRoute(.get, sender, .may(.seePortals), getMailSender),
            ManagementRoute(.post, sender, .may(.managePortals), createMailSender),
            ManagementRoute(.patch, sender, .may(.managePortals), updateMailSender),
            ManagementRoute(.delete, sender, .may(.managePortals), deleteMailSender),
        ]
    }

    private var lookRoutes: [ManagementRoute] {
        let customization = "portals/{portalId}/customization"
        return [
            ManagementRoute(.get, customization, .may(.seePortals), getCustomization),
            ManagementRoute(.put, customization, .may(.managePortals), replaceCustomization),
            ManagementRoute(.patch, customization, .may(.managePortals), updateCustomization),
        ]
            + PortalImage.Kind.allCases.flatMap { kind -> [ManagementRoute] in
                let path = "portals/{portalId}/assets/\(kind.rawValue)"
                return [
                    ManagementRoute(.get, path, .may(.seePortals), getImage(kind)),
                    ManagementRoute(.put, path, .may(.managePortals), replaceImage(kind)),
                    ManagementRoute(.delete, path, .may(.managePortals), deleteImage(kind)),
                    ManagementRoute(.get, "\(path)/raw", .may(.seePortals), getRawImage(kind)),
                ]
            }
    }

    private var catalogRoutes: [ManagementRoute] {
        [
            ManagementRoute(.get, "apis", .may(.seePortals), listAPIs),
            ManagementRoute(.post, "apis", .may(.managePortals), createAPI),
            ManagementRoute(.get, "apis/{apiId}", .may(.seePortals), fetchAPI),
            ManagementRoute(.patch, "apis/{apiId}", .may(.managePortals), updateAPI),
            ManagementRoute(.delete, "apis/{apiId}", .may(.managePortals), deleteAPI),
            ManagementRoute(.get, "apis/{apiId}/versions", .may(.seePortals), listAPIVersions),
            ManagementRoute(.post, "apis/{apiId}/versions", .may(.managePortals), createAPIVersion),
            ManagementRoute(.get, "apis/{apiId}/versions/{versionId}", .may(.seePortals), fetchAPIVersion),
            ManagementRoute(.patch, "apis/{apiId}/versions/{versionId}", .may(.managePortals), updateAPIVersion),
            ManagementRoute(.delete, "apis/{apiId}/versions/{versionId}", .may(.managePortals), deleteAPIVersion),
            ManagementRoute(.get, "apis/{apiId}/publications/{portalId}", .may(.seePortals), fetchPublication),
            ManagementRoute(.put, "apis/{apiId}/publications/{portalId}", .may(.managePortals), publishAPI),
            ManagementRoute(.delete, "apis/{apiId}/publications/{portalId}", .may(.managePortals), unpublishAPI),
            ManagementRoute(.get, "api-publications", .may(.seePortals), listPublications),
        ]
    }

    /// The id of a path parameter; what no geo minted names nothing here.
    func id<Entity>(_ name: String, of thing: String, in context: NodeRequestContext) throws -> EntityID<Entity> {
        guard let text = context.parameters.get(name), let id = EntityID<Entity>(text) else { throw AccountError.notFound(thing) }
        return id
    }

    func portal(in context: NodeRequestContext) async throws -> Portal {
        try await flows.portals.portal(id("portalId", of: "portal", in: context))
    }
}

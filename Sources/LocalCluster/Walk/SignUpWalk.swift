import Foundation
import ManagementClient

/// Walks the whole sign-up in one geo of a running cluster, through the router, as a developer and an admin do.
public struct SignUpWalk: Sendable {
    private let cluster: ClusterDescription
    private let geoID: String
    private let report: @Sendable (String, Duration) -> Void

    /// - Parameter report: is told each step that went well, and how long it took.
    public init(
        _ cluster: ClusterDescription, geo: String, reporting report: @escaping @Sendable (String, Duration) -> Void
    ) {
        self.cluster = cluster
        geoID = geo
        self.report = report
    }

    /// - Throws: ``ClusterError/stepFailed(geo:step:reason:)`` for the first step that did not go as it should.
    public func run() async throws {
        guard let geo = cluster.geos[geoID] else {
            throw ClusterError.stepFailed(geo: geoID, step: "finding the geo", reason: "the cluster has none by this id")
        }
        let person = WalkedDeveloper(geo: geoID)
        var portal = try PortalVisitor(geo.portalUrl)
        let mailbox = WalkedMailbox(folder: geo.maildir, address: person.email)
        let admin = try ManagementClient(api: geo.apiUrl, token: geo.adminToken)

        try await step("the sign-up page is there") { try await portal.get("/register", expecting: 200) }
        try await step("signs up") {
            try await portal.post("developer", ["full_name": person.name, "email": person.email], expecting: 201)
        }
        let link = try await step("gets the verification mail") { try await mailbox.token(inMail: 1) }
        let token = try await step("verifies the address") {
            try await portal.post("developer/verify-email", ["token": link], expecting: 202).text("token")
        }
        try await step("creates a password") {
            try await portal.post("developer/reset-password", ["token": token, "password": person.password], expecting: 204)
        }
        try await step("cannot log in before an admin has approved") { try await portal.logIn(person, expecting: 401) }
        try await step("an admin approves") { try await approve(person, as: admin, at: geo) }
        // Verification, "password changed", "approved".
        try await step("gets the approval mail") { try await mailbox.mail(3, saying: "approved") }
        try await step("logs in") { try await portal.logIn(person, expecting: 204) }
        try await step("sees the account") {
            let me = try await portal.get("/api/v3/developer/me", expecting: 200)
            guard try me.text("email") == person.email else { throw WalkFailure("the account has another address") }
        }
        try await step("sees the catalog") {
            let page = try await portal.get("/", expecting: 200)
            for api in SampleAPI.all where !page.body.contains(api.name) {
                throw WalkFailure("the catalog does not list \"\(api.name)\"")
            }
        }
        try await refusals(of: person, holding: portal)
        try await step("logs out, and the session is over") {
            let before = portal
            try await portal.post("developer/logout", [:], expecting: 204)
            try await before.get("/api/v3/developer/me", expecting: 401)
        }
        try await recovery(of: person, at: portal, mailbox: mailbox)
        try await step("signs up again, and is told by mail that the registration is approved") {
            try await portal.post("developer", ["full_name": person.name, "email": person.email], expecting: 201)
            try await mailbox.mail(6, saying: "approved")
        }
        try await step("an admin deletes the account, and its log-in is gone") {
            try await admin.deleteDeveloper(try await id(of: person, as: admin, at: geo), at: geo.portalId)
            try await portal.logIn(person, password: person.newPassword, expecting: 401)
        }
    }

    /// What is eu's opens nothing elsewhere.
    private func refusals(of person: WalkedDeveloper, holding portal: PortalVisitor) async throws {
        for (other, geo) in cluster.geos.sorted(by: { $0.key < $1.key }) where other != geoID {
            try await step("is a stranger in \(other), whose router refuses the session of \(geoID)") {
                var elsewhere = try PortalVisitor(geo.portalUrl)
                try await elsewhere.logIn(person, expecting: 401)
                elsewhere.cookies = portal.cookies
                try await elsewhere.get("/api/v3/developer/me", expecting: 403)
            }
        }
    }

    private func recovery(of person: WalkedDeveloper, at visitor: PortalVisitor, mailbox: WalkedMailbox) async throws {
        var portal = visitor
        try await step("asks for a new password, by mail") {
            try await portal.post("developer/forgot-password", ["email": person.email], expecting: 200)
        }
        let token = try await step("gets the mail with the link") { try await mailbox.token(inMail: 4) }
        try await step("sets the new password") {
            try await portal.post("developer/reset-password", ["token": token, "password": person.newPassword], expecting: 204)
        }
        try await step("logs in with the new password, and not with the old one") {
            try await portal.logIn(person, expecting: 401)
            try await portal.logIn(person, password: person.newPassword, expecting: 204)
        }
    }

    private func approve(_ person: WalkedDeveloper, as admin: ManagementClient, at geo: ClusterDescription.Geo) async throws {
        let id = try await id(of: person, as: admin, at: geo, status: "pending")
        _ = try await admin.setStatus("approved", of: id, at: geo.portalId)
    }

    private func id(
        of person: WalkedDeveloper, as admin: ManagementClient, at geo: ClusterDescription.Geo, status: String? = nil
    ) async throws -> String {
        var search = ManagementClient.DeveloperSearch()
        (search.status, search.address) = (status, person.email)
        guard let found = try await admin.developers(of: geo.portalId, matching: search).first else {
            throw WalkFailure("the developer is not in the admin's list")
        }
        return found.id
    }

    @discardableResult
    private func step<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let value = try await work()
            report(name, clock.now - start)
            return value
        } catch {
            throw ClusterError.stepFailed(geo: geoID, step: "the step \"\(name)\"", reason: "\(error)")
        }
    }
}

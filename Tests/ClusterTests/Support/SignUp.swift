import Testing

/// One developer's way into one geo, through the router, as a client of the Portal API goes it.
struct SignUp {
    let cluster: RunningCluster
    let geo: String
    let name: String
    let email: String
    let password: String

    var portal: Site { get throws { try cluster.portal(geo) } }
    var mailbox: Mailbox { get throws { Mailbox(folder: try cluster.geo(geo).maildir) } }
    var developers: String { get throws { "/v3/portals/\(try cluster.geo(geo).portalId)/developers" } }

    func register() async throws {
        let answer = try await portal.post("/api/v3/developer", ["full_name": name, "email": email])
        #expect(answer.status == 201)
    }

    /// Follows the mailed link and sets the password.
    ///
    /// - Parameter mails: how many were asked for: only the newest one's link works.
    func complete(mails: Int = 1) async throws {
        let verified = try await portal.post("/api/v3/developer/verify-email", ["token": mailbox.token(to: email, count: mails)])
        #expect(verified.status == 202)
        let token = try #require(try verified.json()["token"] as? String)
        let created = try await portal.post("/api/v3/developer/reset-password", ["token": token, "password": password])
        #expect(created.status == 204)
    }

    /// The developer's id, as the geo's admins see it.
    func id() async throws -> String {
        let list = try await cluster.management(geo).get("\(developers)?page%5Bsize%5D=100")
        #expect(list.status == 200)
        let data = try #require(try list.json()["data"] as? [[String: Any]])
        return try #require(data.first { $0["email"] as? String == email }?["id"] as? String)
    }

    func change(to status: String) async throws -> Site.Answer {
        try await cluster.management(geo).patch("\(developers)/\(id())", ["status": status])
    }

    func logIn(at site: Site? = nil, password: String? = nil) async throws -> Site.Answer {
        let site = try site ?? portal
        return try await site.post("/api/v3/developer/authenticate", ["username": email, "password": password ?? self.password])
    }

    func me(_ cookies: [String]) async throws -> Site.Answer {
        try await portal.with(cookies: cookies).get("/api/v3/developer/me")
    }
}

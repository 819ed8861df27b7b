/// The geo's admins and their tokens; only an owner may.
extension ManagementClient {
    public func admins() async throws -> [RemoteAdmin] { try await all("/v3/admins") }

    /// Whose token this client shows.
    public func ownAdmin() async throws -> RemoteAdmin { try await get("/v3/admins/me") }

    /// The admin with this id or address.
    ///
    /// - Throws: ``ManagementError/noSuchAdmin(_:)``.
    public func admin(named name: String) async throws -> RemoteAdmin {
        let wanted = name.lowercased()
        guard let admin = try await admins().first(where: { $0.id == wanted || $0.email.lowercased() == wanted }) else {
            throw ManagementError.noSuchAdmin(name)
        }
        return admin
    }

    public func createAdmin(email: String, role: String) async throws -> RemoteAdmin {
        struct Body: Encodable {
            let email: String
            let role: String
        }
        return try await send(.POST, "/v3/admins", Body(email: email, role: role))
    }

    public func setRole(_ role: String, of admin: String) async throws -> RemoteAdmin {
        struct Body: Encodable { let role: String }
        return try await send(.PATCH, "/v3/admins/\(admin)", Body(role: role))
    }

    public func deleteAdmin(_ admin: String) async throws { _ = try await answer(.DELETE, "/v3/admins/\(admin)") }

    /// Mails an admin the link that chooses a password for the console.
    public func sendPasswordLink(to admin: String) async throws {
        _ = try await answer(.POST, "/v3/admins/\(admin)/password-link")
    }

    /// Takes an admin's second factor away; a new one is set up at the next log-in.
    public func resetSecondFactor(of admin: String) async throws {
        _ = try await answer(.DELETE, "/v3/admins/\(admin)/second-factor")
    }

    // MARK: Tokens

    public func tokens(of admin: String) async throws -> [RemoteAdminToken] { try await all("/v3/admins/\(admin)/tokens") }

    /// - Parameter expiresAt: as RFC 3339 has it; nil for a token that is good until it is revoked.
    public func createToken(for admin: String, name: String, expiresAt: String?) async throws -> RemoteAdminToken {
        struct Body: Encodable {
            let name: String
            let expiresAt: String?
        }
        return try await send(.POST, "/v3/admins/\(admin)/tokens", Body(name: name, expiresAt: expiresAt))
    }

    public func revokeToken(_ token: String, of admin: String) async throws {
        _ = try await answer(.DELETE, "/v3/admins/\(admin)/tokens/\(token)")
    }
}

/// An admin as the management API tells of one.
public struct RemoteAdmin: Decodable, Hashable, Sendable {
    public let id: String
    public let email: String
    public let role: String
    public let createdAt: String
    public let updatedAt: String
}

/// An admin's token as the management API tells of one.
public struct RemoteAdminToken: Decodable, Hashable, Sendable {
    public let id: String
    public let name: String
    /// The token itself, in the answer that made it and nowhere else.
    public let token: String?
    public let createdAt: String
    public let expiresAt: String?
    public let lastUsedAt: String?
}

import Accounts
import Foundation
import GRDB
import Geography

extension Portal {
    init(row: Row) throws {
        let slug: String = try row.value("slug")
        guard let slug = try? PortalSlug(slug) else { throw StoreError.corrupt("no slug in column slug") }
        self.init(
            id: try row.id("id"), slug: slug, name: try row.value("name"), displayName: try row.value("display_name"),
            description: try row.optional("description"), settings: try PortalSettings(row: row),
            look: try Self.look(try row.optional("look")), mailSender: try Self.mailSender(try row.optional("mail_sender")),
            labels: try Self.labels(try row.value("labels")),
            createdAt: try row.time("created_at"), updatedAt: try row.time("updated_at"))
    }

    /// Every column by its name.
    var values: [String: (any DatabaseValueConvertible)?] {
        get throws {
            [
                "id": id.stored, "slug": slug.value, "name": name, "display_name": displayName, "description": description,
                "authentication_enabled": settings.authenticationEnabled,
                "passwords_enabled": settings.passwordsEnabled,
                "identity_provider": settings.identityProvider?.stored,
                "auto_approve_developers": settings.autoApproveDevelopers,
                "auto_approve_applications": settings.autoApproveApplications,
                "rbac_enabled": settings.rbacEnabled,
                "default_api_visibility": settings.defaultAPIVisibility.rawValue,
                "default_page_visibility": settings.defaultPageVisibility.rawValue,
                "admin_mails_name_developers": settings.adminMailsNameDevelopers,
                "look": try Self.text(of: look),
                "mail_sender": try mailSender.map { try Self.json(StoredMailSender($0), named: "a sender") },
                "labels": try Self.text(of: labels), "created_at": createdAt.milliseconds,
                "updated_at": updatedAt.milliseconds,
            ]
        }
    }

    private static func labels(_ text: String) throws -> [String: String] {
        if text == "{}" { return [:] }
        guard let labels = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else {
            throw StoreError.corrupt("no labels in column labels")
        }
        return labels
    }

    private static func text(of labels: [String: String]) throws -> String {
        labels.isEmpty ? "{}" : try json(labels, named: "labels")
    }

    /// Nothing is the look of a portal that nobody changed.
    private static func look(_ text: String?) throws -> PortalLook {
        guard let text else { return PortalLook() }
        guard let look = try? JSONDecoder().decode(PortalLook.self, from: Data(text.utf8)) else {
            throw StoreError.corrupt("no look in column look")
        }
        return look
    }

    private static func mailSender(_ text: String?) throws -> PortalMailSender? {
        guard let text else { return nil }
        guard let stored = try? JSONDecoder().decode(StoredMailSender.self, from: Data(text.utf8)),
            let sender = try? stored.sender
        else { throw StoreError.corrupt("no sender in column mail_sender") }
        return sender
    }

    private static func text(of look: PortalLook) throws -> String? {
        look == PortalLook() ? nil : try json(look, named: "a look")
    }

    private static func json(_ value: some Encodable, named name: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(value) else { throw StoreError.corrupt("\(name) that cannot be written") }
        return String(decoding: data, as: UTF8.self)
    }
}

extension PortalSettings {
    init(row: Row) throws {
        self.init()
        authenticationEnabled = try row.value("authentication_enabled")
        passwordsEnabled = try row.value("passwords_enabled")
        let provider: Data? = try row.optional("identity_provider")
        identityProvider = try provider.map { _ in try row.id("identity_provider") }
        autoApproveDevelopers = try row.value("auto_approve_developers")
        autoApproveApplications = try row.value("auto_approve_applications")
        rbacEnabled = try row.value("rbac_enabled")
        defaultAPIVisibility = try row.choice("default_api_visibility")
        defaultPageVisibility = try row.choice("default_page_visibility")
        adminMailsNameDevelopers = try row.value("admin_mails_name_developers")
    }
}

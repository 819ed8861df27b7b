/// The fields of a portal that an admin sends; nil leaves a field as it is.
public struct PortalDraft: Hashable, Sendable {
    /// A description may be taken away, which is not the same as leaving it.
    public enum Description: Hashable, Sendable {
        case none
        case text(String)
    }

    public var name: String?
    public var displayName: String?
    public var description: Description?
    public var authenticationEnabled: Bool?
    public var autoApproveDevelopers: Bool?
    public var autoApproveApplications: Bool?
    public var rbacEnabled: Bool?
    public var defaultAPIVisibility: Visibility?
    public var defaultPageVisibility: Visibility?
    public var adminMailsNameDevelopers: Bool?
    /// New values by key; nil takes a label away.
    public var labels: [String: String?]?

    public init(name: String? = nil) { self.name = name }

    func check() throws {
        var errors: [FieldError] = []
        if let name { errors += FieldError.ofLine(name, "name", maximum: Portal.maximumNameLength) }
        if let displayName { errors += FieldError.ofLine(displayName, "display_name", maximum: Portal.maximumNameLength) }
        if case .text(let text) = description {
            errors += FieldError.ofText(text, "description", maximum: Portal.maximumDescriptionLength)
        }
        errors += (labels ?? [:]).sorted { $0.key < $1.key }.flatMap { Self.labelErrors(key: $0.key, value: $0.value) }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` where the portal would have too many labels.
    func apply(to portal: inout Portal) throws {
        portal.name = name ?? portal.name
        portal.displayName = displayName ?? portal.displayName
        switch description {
        case .text(let text): portal.description = text
        case Description.none?: portal.description = nil
        case nil: break
        }
        portal.settings.authenticationEnabled = authenticationEnabled ?? portal.settings.authenticationEnabled
        portal.settings.autoApproveDevelopers = autoApproveDevelopers ?? portal.settings.autoApproveDevelopers
        portal.settings.autoApproveApplications = autoApproveApplications ?? portal.settings.autoApproveApplications
        portal.settings.rbacEnabled = rbacEnabled ?? portal.settings.rbacEnabled
        portal.settings.defaultAPIVisibility = defaultAPIVisibility ?? portal.settings.defaultAPIVisibility
        portal.settings.defaultPageVisibility = defaultPageVisibility ?? portal.settings.defaultPageVisibility
        portal.settings.adminMailsNameDevelopers = adminMailsNameDevelopers ?? portal.settings.adminMailsNameDevelopers
        for (key, value) in labels ?? [:] { portal.labels[key] = value }
        guard portal.labels.count <= Portal.maximumLabels else {
            throw AccountError.invalidField(.invalid("labels", "must have at most \(Portal.maximumLabels) members"))
        }
    }

    /// The contract's `Labels`: keys and values of 1 to 63 characters, some prefixes reserved.
    private static func labelErrors(key: String, value: String?) -> [FieldError] {
        let reserved = ["kong", "konnect", "mesh", "kic", "_"]
        guard (1...63).contains(key.unicodeScalars.count), key.unicodeScalars.allSatisfy(FullName.isAllowed),
            !reserved.contains(where: key.hasPrefix)
        else {
            return [
                .invalid("labels.\(key)", "must have 1 to 63 characters and not start with \(reserved.joined(separator: ", "))")
            ]
        }
        guard let value else { return [] }
        let isValid =
            (1...63).contains(value.unicodeScalars.count) && value.first.map(isAlphanumeric) == true
            && value.last.map(isAlphanumeric) == true && value.allSatisfy { isAlphanumeric($0) || "-._".contains($0) }
        return isValid ? [] : [.invalid("labels.\(key)", "must have 1 to 63 letters, digits, hyphens, dots and underscores")]
    }

    private static func isAlphanumeric(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}

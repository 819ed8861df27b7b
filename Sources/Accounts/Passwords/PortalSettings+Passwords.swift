extension PortalSettings {
    /// - Throws: ``AccountError/authenticationDisabled`` where nobody has an account; ``AccountError/passwordsDisabled`` where nobody has
    ///   a password.
    func requirePasswords() throws {
        guard authenticationEnabled else { throw AccountError.authenticationDisabled }
        guard passwordsEnabled else { throw AccountError.passwordsDisabled }
    }
}

import Languages

extension OwnAccount {
    /// Sets in which language mails to the developer speak.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` where the account is gone.
    public func chooseLanguage(_ language: Language, in session: OpenSession) async throws -> Developer {
        let now = clock.now
        return try await step(session) { developer, _ in
            guard developer.language != language else { return AccountDecision(developer) }
            var developer = developer
            developer.language = language
            developer.updatedAt = now
            var change = AccountChange(developer: developer)
            change.events = [AuditEvent(.languageChosen, ofOwn: developer)]
            return AccountDecision(developer, change)
        }
    }
}

import NIOCore

/// Connections that wait for the next mail; each closes by itself when none comes.
actor IdleSessions {
    private let idleLimit: TimeAmount
    private var sessions: [SMTPSession] = []
    private var isFinished = false

    init(idleLimit: TimeAmount) {
        self.idleLimit = idleLimit
    }

    /// A connection that is still open; nil where there is none.
    func take() async -> SMTPSession? {
        while let session = sessions.popLast() {
            if await session.unpark() { return session }
        }
        return nil
    }

    func put(_ session: SMTPSession) async {
        guard !isFinished, session.remainingMails > 0, await session.park(for: idleLimit) else { return session.quit() }
        // The actor was free while the session was parked.
        guard !isFinished else { return session.quit() }
        sessions.append(session)
    }

    /// Takes leave of all servers.
    func finish() {
        isFinished = true
        for session in sessions { session.quit() }
        sessions.removeAll()
    }
}

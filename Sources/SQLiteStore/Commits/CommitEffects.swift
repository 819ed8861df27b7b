/// What has to happen after the commit of a write.
struct CommitEffects: Sendable {
    /// Whoever delivers mail is told.
    var addsMail = false
    /// Whoever delivers mail is told not to wait.
    var retriesMail = false
    /// What was deleted is erased from the write-ahead log too.
    var erases = false

    mutating func merge(_ other: CommitEffects) {
        addsMail = addsMail || other.addsMail
        retriesMail = retriesMail || other.retriesMail
        erases = erases || other.erases
    }
}

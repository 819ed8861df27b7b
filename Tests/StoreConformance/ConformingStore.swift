import Accounts

/// Everything that a geo's store does.
public typealias ConformingStore = AccountStore & AdminStore & AuditStore & OutboxStore & PortalStore & RetentionStore
    & SessionStore
    & ThrottleStore

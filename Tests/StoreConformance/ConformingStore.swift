import Accounts

/// Everything that a geo's store does.
public typealias ConformingStore = AccountStore & AdminStore & AuditStore & CatalogStore & ConsoleStore & OutboxStore
    & PortalStore
    & PortalImageStore
    & RetentionStore
    & SessionStore
    & ThrottleStore

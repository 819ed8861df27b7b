import Accounts

/// Everything that a geo's store does.
public typealias ConformingStore = AccountStore & AdminStore & AuditStore & CatalogStore & OutboxStore & PortalStore
    & PortalImageStore
    & RetentionStore
    & SessionStore
    & ThrottleStore

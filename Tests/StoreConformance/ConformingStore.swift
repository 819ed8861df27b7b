import Accounts

/// Everything that a geo's store does.
public typealias ConformingStore = AccountStore & AdminStore & AuditStore & CatalogStore & ConsoleStore & MailQueueStore
    & MailTemplateStore & OutboxStore & PortalImageStore & PortalStore & RetentionStore & SessionStore & SignOnStore
    & ThrottleStore

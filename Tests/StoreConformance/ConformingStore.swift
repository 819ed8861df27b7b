import Accounts

/// Everything that a geo's store does.
public typealias ConformingStore = AccountStore & AdminStore & OutboxStore & PortalStore & SessionStore

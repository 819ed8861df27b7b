import HTTPTypes
import Hummingbird
import Languages

extension Request {
    /// What the client wishes for (`Accept-Language`, RFC 9110, section 12.5.4); nil where it wishes for nothing that there is.
    public var wishedLanguage: Language? { headers[.acceptLanguage].flatMap(Language.init(preferredBy:)) }
}

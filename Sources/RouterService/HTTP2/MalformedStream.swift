/// What is no request in HTTP/2 (RFC 9113, section 8.1.1). The stream is reset, whatever was meant.
enum MalformedStream: Error, Equatable {
    case pseudoField
    case fieldName
    case fieldValue
    case connectionField
    case hostDisagreesWithAuthority
    case schemeDisagreesWithConnection
    case method
    case path
    case length
    case trailers
}

import NIOHPACK

extension ResponseHeadWriter {
    /// The fields of a node's answer as an HTTP/2 client gets them: what ``write(_:id:to:)`` says, without the text of it.
    func http2Fields(of head: ResponseHead, id: RequestID) -> HPACKHeaders {
        var headers = head.http2Fields { passes($0, of: head) }
        if let length = contentLength(of: head) {
            headers.add(name: "content-length", value: String(length), indexing: .nonIndexable)
        }
        headers.add(name: "x-request-id", value: String(describing: id), indexing: .nonIndexable)
        return headers
    }
}

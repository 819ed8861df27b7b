import APIDocuments

extension DocumentWriter {
    func words(for constraint: APIConstraint) -> String {
        switch constraint {
        case .length(let range): book.text("portal.document.length", ["range": range])
        case .items(let range): book.text("portal.document.itemCount", ["range": range])
        case .properties(let range): book.text("portal.document.propertyCount", ["range": range])
        case .bound(let bound): bound
        case .multiple(let number): book.text("portal.document.multiple", ["number": number])
        case .pattern(let pattern): book.text("portal.document.pattern", ["pattern": pattern])
        case .uniqueItems: book["portal.document.uniqueItems"]
        case .noOtherProperties: book["portal.document.noOtherProperties"]
        case .needs(let names): book.text("portal.document.needs", ["names": names])
        case .noOtherItems: book["portal.document.noOtherItems"]
        case .dependent(let property, let others):
            book.text("portal.document.dependentNames", ["property": property, "others": others])
        case .discriminator(let property, let mapping):
            book.text("portal.document.discriminator", ["property": ([property] + mapping).joined(separator: ", ")])
        case .encoding(let encoding): book.text("portal.document.encoding", ["encoding": encoding])
        case .mediaType(let type): book.text("portal.document.mediaType", ["type": type])
        }
    }
}

/// Reads schemas to trees that a page can show.
struct SchemaReading {
    let context: ReadingContext

    /// Anything, where there is no schema.
    func schema(_ part: Part?) -> APISchema {
        var tree = SchemaTree(context: context)
        return tree.schema(part ?? Part(value: DocumentValue(.boolean(true)), pointer: .root), depth: 0, open: [])
    }

    /// A schema of `components`, which is known again where it stands inside of itself.
    func component(_ part: Part) -> APISchema {
        var tree = SchemaTree(context: context)
        return tree.schema(part, depth: 0, open: [part.pointer.exact])
    }
}

/// Reads schemas to trees that a page can show.
struct SchemaReading {
    let context: ReadingContext

    /// Anything, where there is no schema.
    func schema(_ part: Part?) -> APISchema {
        var tree = SchemaTree(context: context)
        return tree.schema(part ?? Part(value: DocumentValue(.boolean(true)), pointer: .root), depth: 0, open: [])
    }

    /// A schema of `components`, which knows its own name where it stands inside of itself.
    func component(_ part: Part, named name: String) -> APISchema {
        var tree = SchemaTree(context: context)
        return tree.schema(part, depth: 0, open: [part.pointer.description])
    }
}

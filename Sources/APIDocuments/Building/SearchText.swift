/// What a search looks through: titles, summaries, paths, names; the whole bounded.
struct SearchText {
    private(set) var pieces: [String] = []
    private var room: Int

    init(limit: Int, title: String, _ found: PathReading.Found) {
        room = limit
        add(title)
        for operation in found.paths + found.webhooks {
            guard room > 0 else { return }
            add("\(operation.method.name) \(operation.path)")
            add(operation.operationID)
            add(operation.summary)
            for tag in operation.tags where !pieces.suffix(20).contains(tag) { add(tag) }
        }
    }

    private mutating func add(_ text: String?) {
        guard let text, !text.isEmpty, text.utf8.count <= room else { return }
        pieces.append(text)
        room -= text.utf8.count
    }
}

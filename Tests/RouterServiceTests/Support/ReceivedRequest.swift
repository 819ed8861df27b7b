/// A request as a node's own HTTP library read it.
struct ReceivedRequest: Sendable {
    let method: String
    let target: String
    let fields: [(name: String, value: String)]
    var body: [UInt8] = []
    var isComplete = false
    let connection: NodeConnection

    var text: String { String(decoding: body, as: UTF8.self) }

    func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    subscript(_ name: String) -> String? { values(name).first }
}

import ChildProcesses
import Foundation
import Testing

/// A message as Python's `email` package reads it: a reader that shares no code with the writer.
struct ReadMessage: Decodable {
    let fields: [[String]]
    let from: [String]
    let to: [[String]]
    let date: String
    let parts: [String]
    let text: String
    let html: String
    let defects: [String]

    static func read(_ content: [UInt8]) async throws -> ReadMessage {
        let program = try ChildProcess(script: "mail/read_message.py")
        try program.finishInput(Data(content))
        var lines = program.lines.makeAsyncIterator()
        let line = try #require(await lines.next(), "Python could not read the message")
        return try JSONDecoder().decode(ReadMessage.self, from: Data(line.utf8))
    }

    /// The value of a field that stands once.
    func field(_ name: String) -> String? {
        let found = fields.filter { $0[0] == name }
        return found.count == 1 ? found[0][1] : nil
    }
}

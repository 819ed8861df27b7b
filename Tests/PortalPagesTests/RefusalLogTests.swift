import HTTPConventions
import Logging
import Testing

@Suite("Refusals in the log")
struct RefusalLogTests {
    @Test("401, 403 and 429 leave the request's id and the status, and other problems nothing")
    func refusals() {
        let recorder = LogRecorder()
        let logger = Logger(label: "test") { _ in recorder }
        for problem in [
            Problem.unauthorized, Problem(.forbidden, detail: "no"), Problem(.tooManyRequests, detail: "wait"),
            Problem(.notFound, detail: "gone"), Problem(.badRequest, detail: "what"),
        ] {
            problem.noteRefusal(requestID: "7f", logger: logger)
        }
        #expect(recorder.lines.count == 3)
        for (line, status) in zip(recorder.lines, ["401", "403", "429"]) {
            #expect(line.contains("7f") && line.contains(status))
        }
    }
}

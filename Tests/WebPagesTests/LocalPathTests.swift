import Testing
import WebPages

@Suite("Where people are led")
struct LocalPathTests {
    @Test(
        "a path tells of nothing that was done",
        arguments: [
            ("/account?done=password", "/account"), ("/a?done=x&page=2", "/a?page=2"), ("/a?q=done&sent=true", "/a?q=done"),
            ("/login?accountDeleted=true", "/login"), ("/a?q=1", "/a?q=1"), ("/done", "/done"),
        ])
    func silenced(path: String, led: String) { #expect(LocalPath(path)?.value == led) }
}

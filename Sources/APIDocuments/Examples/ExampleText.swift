/// A text that stands for any text of a schema.
enum ExampleText {
    private static let longestFilled = 64

    static func text(for parts: SchemaParts) -> String {
        let text = parts["format"]?.value.text.flatMap { byFormat[$0] } ?? "string"
        guard parts["format"] == nil else { return text }
        let least = parts["minLength"]?.value.number.map { Int(min(max($0, 0), Double(longestFilled))) } ?? 0
        let most = parts["maxLength"]?.value.number.map { Int(min(max($0, 0), Double(longestFilled))) } ?? longestFilled
        let filled = text + String(repeating: "x", count: max(0, least - text.utf8.count))
        return String(filled.prefix(most))
    }

    private static let byFormat = [
        "byte": "ZXhhbXBsZQ==",
        "date": "2026-01-31",
        "date-time": "2026-01-31T12:30:00Z",
        "duration": "PT1H",
        "email": "user@example.com",
        "hostname": "host.example.com",
        "ipv4": "192.0.2.1",
        "ipv6": "2001:db8::1",
        "time": "12:30:00Z",
        "uri": "https://example.com/",
        "uri-reference": "/path",
        "url": "https://example.com/",
        "uuid": "123e4567-e89b-42d3-a456-426614174000",
    ]
}

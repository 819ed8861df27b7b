import Testing

/// Looks again and again until something is true; a test that waits for ever ends at its suite's time limit.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() {
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// Waits until a number stands still, and returns it: the same value in many looks.
func standstill(of number: () async throws -> Int) async throws -> Int {
    var last = try await number()
    var looks = 0
    try await eventually {
        let current = try await number()
        looks = current == last ? looks + 1 : 0
        last = current
        return looks >= 100
    }
    return last
}

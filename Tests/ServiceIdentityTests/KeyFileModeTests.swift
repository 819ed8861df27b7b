import ServiceIdentity
import Testing

@Suite("Modes of private keys")
struct KeyFileModeTests {
    @Test(
        "a key is its owner's alone; root's may be lent to the reader's group for reading",
        arguments: [
            (0o600, 7, 7, true), (0o400, 7, 7, true), (0o640, 7, 7, false), (0o604, 7, 7, false), (0o610, 7, 7, false),
            (0o440, 0, 7, true), (0o640, 0, 7, true), (0o660, 0, 7, false), (0o450, 0, 7, false), (0o444, 0, 7, false),
            (0o440, 8, 7, false), (0o640, 0, 0, false), (0o600, 0, 0, true),
        ] as [(UInt32, UInt32, UInt32, Bool)])
    func modes(mode: UInt32, owner: UInt32, reader: UInt32, isPrivate: Bool) {
        #expect(KeyFileMode.isPrivate(mode, owner: owner, reader: reader) == isPrivate)
    }
}

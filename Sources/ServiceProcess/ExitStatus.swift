/// How a process ends, from `sysexits.h` where it has a code.
public enum ExitStatus {
    public static let stopped: Int32 = 0
    public static let failed: Int32 = 1
    /// EX_CONFIG: the configuration, or the store that it names, cannot be used.
    public static let wrongConfiguration: Int32 = 78
}

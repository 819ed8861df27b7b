/// The version that `--version` tells, the same for all processes.
public enum ProductVersion {
    public static let current = "0.1.0"
}

/// The version that `--version` tells.
public enum NodeVersion {
    public static let current = "0.1.0"
}

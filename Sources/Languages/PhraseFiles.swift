import Yams

/// The files in `Texts`: for each language one for portals' pages, one for the console, one for mails, one for what they share, one for the
/// actions of the audit log, and one with what the program says in English elsewhere (``Wording``).
enum PhraseFiles {
    /// All texts of a language by their whole names.
    ///
    /// A file that cannot be read is a mistake in this program, and a test finds it; its texts are missing then.
    static func texts(in language: Language) -> [String: String] {
        var texts: [String: String] = [:]
        for file in files(of: language) {
            guard let root = try? Yams.compose(yaml: String(decoding: file, as: UTF8.self)) else { continue }
            collect(root, under: "", into: &texts)
        }
        return texts
    }

    private static func collect(_ node: Node, under name: String, into texts: inout [String: String]) {
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard let key = key.string else { continue }
                collect(value, under: name.isEmpty ? key : "\(name).\(key)", into: &texts)
            }
        case .scalar(let scalar): texts[name] = scalar.string
        case .sequence, .alias: break
        }
    }

    static func files(of language: Language) -> [[UInt8]] {
        switch language {
        case .english:
            [
                PackageResources.en_common_yaml, PackageResources.en_portal_yaml, PackageResources.en_console_yaml,
                PackageResources.en_mails_yaml, PackageResources.en_audit_yaml, PackageResources.en_wordings_yaml,
            ]
        case .german:
            [
                PackageResources.de_common_yaml, PackageResources.de_portal_yaml, PackageResources.de_console_yaml,
                PackageResources.de_mails_yaml, PackageResources.de_audit_yaml, PackageResources.de_wordings_yaml,
            ]
        case .spanish:
            [
                PackageResources.es_common_yaml, PackageResources.es_portal_yaml, PackageResources.es_console_yaml,
                PackageResources.es_mails_yaml, PackageResources.es_audit_yaml, PackageResources.es_wordings_yaml,
            ]
        case .french:
            [
                PackageResources.fr_common_yaml, PackageResources.fr_portal_yaml, PackageResources.fr_console_yaml,
                PackageResources.fr_mails_yaml, PackageResources.fr_audit_yaml, PackageResources.fr_wordings_yaml,
            ]
        case .japanese:
            [
                PackageResources.ja_common_yaml, PackageResources.ja_portal_yaml, PackageResources.ja_console_yaml,
                PackageResources.ja_mails_yaml, PackageResources.ja_audit_yaml, PackageResources.ja_wordings_yaml,
            ]
        }
    }
}

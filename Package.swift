// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "portolan",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    ],
    targets: [
        // What every process shares: reading files strictly, logging, ending; and which geo a thing belongs to.
        .target(name: "ConfigurationFiles", dependencies: [yams]),
        .target(name: "Geography", dependencies: ["ConfigurationFiles"]),
        .target(name: "ServiceProcess", dependencies: [logging, nioCore, serviceLifecycle]),
        .target(name: "ServiceLogs", dependencies: ["ConfigurationFiles", logging]),
        .target(name: "ServiceMetrics"),
        .target(name: "ServiceIdentity", dependencies: ["ConfigurationFiles", "Geography", logging, nioCore, nioSSL, nioTLS]),
        .target(name: "Backups", dependencies: ["Geography", crypto]),
        .target(name: "Certificates", dependencies: ["Geography", asn1, crypto, x509]),

        // The domain, and what it needs of the world.
        .target(name: "APIDocuments", dependencies: ["HTMLEscaping", yams]),
        .target(name: "Languages", dependencies: [yams], resources: [.embedInCode("Texts")]),
        .target(name: "Accounts", dependencies: ["Geography", "Languages", crypto, cryptoExtras, nioCore, nioPosix]),
        .target(name: "SQLiteStore", dependencies: ["Accounts", "Languages", "ServiceMetrics", crypto, grdb, logging]),
        .target(
            name: "SingleSignOn",
            dependencies: [
                "Accounts", "ConfigurationFiles", asyncHTTPClient, jwtKit, logging, nioCore, nioHTTP1, nioPosix, nioSSL,
            ]),
        .target(name: "HTMLEscaping", dependencies: [mustache]),
        .target(
            name: "Mail",
            dependencies: [
                "Accounts", "ConfigurationFiles", "Geography", "HTMLEscaping", "Languages", crypto, logging, mustache, nioCore,
                nioPosix,
                nioSSL,
                serviceLifecycle,
            ],
            resources: [.embedInCode("Templates")]),

        // What a node says over HTTP.
        .target(name: "HTTPConventions", dependencies: ["Accounts", "Languages", httpTypes, hummingbird, logging, nioHTTP1]),
        .target(
            name: "PortalAPI", dependencies: ["Accounts", "HTTPConventions", hummingbird], resources: [.embedInCode("OpenAPI")]),
        .target(
            name: "ManagementAPI", dependencies: ["Accounts", "HTTPConventions", hummingbird],
            resources: [.embedInCode("OpenAPI")]),
        .target(
            name: "WebPages",
            dependencies: ["Accounts", "HTMLEscaping", "HTTPConventions", "Languages", crypto, hummingbird, mustache],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]),
        .target(
            name: "PortalPages",
            dependencies: [
                "APIDocuments", "Accounts", "HTMLEscaping", "HTTPConventions", "Languages", "WebPages", crypto, hummingbird,
                logging, mustache, nioPosix,
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]),
        .target(
            name: "ConsolePages",
            dependencies: ["Accounts", "Geography", "HTTPConventions", "Languages", "WebPages", crypto, hummingbird, logging],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]),

        // The processes.
        .target(
            name: "NodeService",
            dependencies: [
                "APIDocuments", "Accounts", "Backups", "ConfigurationFiles", "ConsolePages", "HTTPConventions", "Mail",
                "ManagementAPI", "PortalAPI",
                "PortalPages",
                "ServiceIdentity", "ServiceLogs", "ServiceMetrics", "SQLiteStore", "ServiceProcess", "SingleSignOn", crypto,
                hummingbird,
                hummingbirdCore, logging, nioCore, nioPosix, nioSSL,
                serviceLifecycle, unixSignals,
            ]),
        .target(
            name: "RouterService",
            dependencies: [
                "ConfigurationFiles", "Geography", "ServiceIdentity", "ServiceLogs", "ServiceProcess", logging, nioCore, nioHPACK,
                nioHTTP1, nioHTTP2, nioPosix, nioSSL, nioTLS, serviceLifecycle, unixSignals,
            ]),
        .target(name: "ManagementClient", dependencies: ["Geography", asyncHTTPClient, nioCore]),
        .target(
            name: "LocalCluster",
            dependencies: ["Certificates", "Geography", "Mail", "ManagementClient", asyncHTTPClient, nioCore, nioHTTP1]),
        .executableTarget(name: "portolan-node", dependencies: ["NodeService", "ServiceProcess", argumentParser]),
        .executableTarget(name: "portolan-router", dependencies: ["RouterService", "ServiceProcess", argumentParser]),
        .executableTarget(
            name: "portolanctl",
            dependencies: [
                "Backups", "Certificates", "ConfigurationFiles", "Geography", "LocalCluster", "ManagementClient", "NodeService",
                "RouterService", "ServiceIdentity", "ServiceMetrics", "ServiceProcess", argumentParser, asyncHTTPClient, logging,
                unixSignals,
            ]),

        // What `scripts/bench accounts` measures log-ins beside.
        .executableTarget(name: "portolan-hash-rate", dependencies: ["Accounts"], path: "scripts/benchmarks/hash-rate"),

        // Proofs. StoreConformance holds any store to the protocols of Accounts; AccountsTesting is what tests use instead of a store.
        .target(name: "AccountsTesting", dependencies: ["Accounts"], path: "Tests/AccountsTesting"),
        .target(
            name: "BorderCorpus", dependencies: [nioCore, nioPosix], path: "Tests/BorderCorpus",
            exclude: ["Answers", "README.md", "Requests"]),
        .target(name: "ChildProcesses", path: "Tests/ChildProcesses"),
        .target(
            name: "IdentityProviders", dependencies: [crypto, cryptoExtras, hummingbird, httpTypes, logging, nioCore],
            path: "Tests/IdentityProviders"),
        .target(
            name: "PagesTesting", dependencies: ["Languages", "WebPages", httpTypes, hummingbirdTesting, nioCore],
            path: "Tests/PagesTesting"),
        .target(name: "StoreConformance", dependencies: ["Accounts", "Languages"], path: "Tests/StoreConformance"),
        .testTarget(name: "APIDocumentsTests", dependencies: ["APIDocuments", yams], resources: [.copy("Samples")]),
        .testTarget(name: "ConfigurationFilesTests", dependencies: ["ConfigurationFiles"]),
        .testTarget(name: "GeographyTests", dependencies: ["ConfigurationFiles", "Geography"]),
        .testTarget(
            name: "ServiceIdentityTests",
            dependencies: [
                "Certificates", "ConfigurationFiles", "Geography", "ServiceIdentity", logging, nioCore, nioPosix, nioSSL, x509,
            ]),
        .testTarget(name: "BackupsTests", dependencies: ["Backups", "Geography"]),
        .testTarget(name: "CertificatesTests", dependencies: ["Certificates", "ChildProcesses", "Geography", x509]),
        .testTarget(name: "ServiceProcessTests", dependencies: ["ChildProcesses", "ServiceProcess"]),
        .testTarget(name: "ServiceLogsTests", dependencies: ["ConfigurationFiles", "ServiceLogs", logging]),
        .testTarget(
            name: "AccountsTests", dependencies: ["Accounts", "AccountsTesting", "Languages", "StoreConformance", crypto]),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: ["ChildProcesses", "Languages", "SQLiteStore", "StoreConformance", crypto, grdb, logging],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "MailTests",
            dependencies: [
                "Accounts", "ChildProcesses", "ConfigurationFiles", "Geography", "Languages", "Mail", logging, nioCore, nioPosix,
                nioSSL,
                serviceLifecycle,
            ]),
        .testTarget(
            name: "NodeServiceTests",
            dependencies: [
                "AccountsTesting", "HTTPConventions", "Languages", "Mail", "ManagementAPI", "NodeService", "PortalAPI",
                "ServiceMetrics", "SQLiteStore", crypto, grdb,
                hummingbird, yams,
            ]),
        .testTarget(
            name: "SingleSignOnTests",
            dependencies: [
                "Accounts", "AccountsTesting", "ConfigurationFiles", "Geography", "IdentityProviders", "SingleSignOn",
                asyncHTTPClient,
                crypto, logging,
            ]),
        .testTarget(name: "LanguagesTests", dependencies: ["Languages", yams]),
        .testTarget(name: "WebPagesTests", dependencies: ["Accounts", "Languages", "PagesTesting", "WebPages", hummingbird]),
        .testTarget(
            name: "ConsolePagesTests",
            dependencies: ["AccountsTesting", "ConsolePages", "PagesTesting", "WebPages", crypto, hummingbirdTesting]),
        .testTarget(
            name: "PortalPagesTests",
            dependencies: [
                "APIDocuments", "AccountsTesting", "PagesTesting", "PortalPages", "WebPages", crypto, hummingbirdTesting,
            ]),
        .testTarget(
            name: "RouterServiceTests",
            dependencies: [
                "BorderCorpus", "ChildProcesses", "ConfigurationFiles", "Geography", "RouterService",
                "ServiceIdentity", "ServiceLogs", "ServiceProcess", logging, nioCore, nioHPACK, nioHTTP1, nioHTTP2, nioPosix,
                nioSSL, serviceLifecycle,
            ]),
        .testTarget(
            name: "ClusterTests",
            dependencies: [
                "BorderCorpus", "Certificates", "ChildProcesses", "Geography", "IdentityProviders", "LocalCluster",
                "ManagementClient", "ServiceMetrics", "portolan-node",
                "portolan-router", "portolanctl", asyncHTTPClient, grdb,
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// Products of the packages above, by the names that their documentation uses.
private var asn1: Target.Dependency { .product(name: "SwiftASN1", package: "swift-asn1") }
private var argumentParser: Target.Dependency { .product(name: "ArgumentParser", package: "swift-argument-parser") }
private var asyncHTTPClient: Target.Dependency { .product(name: "AsyncHTTPClient", package: "async-http-client") }
private var crypto: Target.Dependency { .product(name: "Crypto", package: "swift-crypto") }
private var cryptoExtras: Target.Dependency { .product(name: "CryptoExtras", package: "swift-crypto") }
private var grdb: Target.Dependency { .product(name: "GRDB", package: "GRDB.swift") }
private var httpTypes: Target.Dependency { .product(name: "HTTPTypes", package: "swift-http-types") }
private var hummingbird: Target.Dependency { .product(name: "Hummingbird", package: "hummingbird") }
private var hummingbirdCore: Target.Dependency { .product(name: "HummingbirdCore", package: "hummingbird") }
private var hummingbirdTesting: Target.Dependency { .product(name: "HummingbirdTesting", package: "hummingbird") }
private var jwtKit: Target.Dependency { .product(name: "JWTKit", package: "jwt-kit") }
private var logging: Target.Dependency { .product(name: "Logging", package: "swift-log") }
private var mustache: Target.Dependency { .product(name: "Mustache", package: "swift-mustache") }
private var nioCore: Target.Dependency { .product(name: "NIOCore", package: "swift-nio") }
private var nioHPACK: Target.Dependency { .product(name: "NIOHPACK", package: "swift-nio-http2") }
private var nioHTTP1: Target.Dependency { .product(name: "NIOHTTP1", package: "swift-nio") }
private var nioHTTP2: Target.Dependency { .product(name: "NIOHTTP2", package: "swift-nio-http2") }
private var nioPosix: Target.Dependency { .product(name: "NIOPosix", package: "swift-nio") }
private var nioSSL: Target.Dependency { .product(name: "NIOSSL", package: "swift-nio-ssl") }
private var nioTLS: Target.Dependency { .product(name: "NIOTLS", package: "swift-nio") }
private var serviceLifecycle: Target.Dependency { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
private var unixSignals: Target.Dependency { .product(name: "UnixSignals", package: "swift-service-lifecycle") }
private var x509: Target.Dependency { .product(name: "X509", package: "swift-certificates") }
private var yams: Target.Dependency { .product(name: "Yams", package: "Yams") }

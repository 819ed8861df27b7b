import Geography
import NIOCore

/// The page at `portal.<domain>` that lists the geos, so that a developer chooses one.
///
/// It is the same for everybody: nothing is stored and nothing is guessed from an address. It is rendered once.
struct ChooserPage: Sendable {
    private static let securityFields = [
        "Content-Security-Policy: default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=()",
        "Cache-Control: public, max-age=300",
    ].map { $0 + "\r\n" }.joined()

    private let page: ByteBuffer
    private let stylesheet: ByteBuffer

    init(_ topology: Topology) {
        page = ByteBuffer(string: Self.document(for: topology).markup)
        stylesheet = ByteBuffer(string: ChooserStylesheet.text)
    }

    /// Answers `GET` and `HEAD` of the page and its stylesheet.
    func answer(to target: String, method: RequestMethod, id: RequestID) -> OwnAnswer {
        let path = target.prefix { $0 != "?" }
        guard path == "/" || path == "/chooser.css" else { return OwnAnswer(.notFound, id: id) }
        guard method == .get || method == .head else { return OwnAnswer(.methodNotAllowed, id: id) }
        return OwnAnswer(
            status: 200, reason: "OK",
            contentType: path == "/" ? "text/html; charset=utf-8" : "text/css; charset=utf-8",
            fields: Self.securityFields, body: path == "/" ? page : stylesheet)
    }

    // MARK: Document

    private static func document(for topology: Topology) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Choose your region – developer portals</title>
        <link rel="stylesheet" href="/chooser.css">
        </head>
        <body>
        <main>
        <p class="mark" aria-hidden="true"><span></span>Developer portals</p>
        <h1>Choose your region</h1>
        <p class="lead">Every portal lives in one region. Your account, your name and your e-mail address stay there and are never copied to another one.</p>
        <ul class="geos">
        \(HTML(joining: topology.geos.map { item(for: $0, in: topology) }))
        </ul>
        <section aria-labelledby="how">
        <h2 id="how">How to reach your portal</h2>
        <p>Put your portal’s name in front of the region’s address: a portal called <code>acme</code> in \(exampleName(topology)) is at <code class="address">\(exampleAddress(topology))</code>. The company whose APIs you want to use tells you its portal’s name and region.</p>
        <p>If you have an account in one region, it is unknown in the others.</p>
        </section>
        </main>
        </body>
        </html>

        """
    }

    private static func item(for geo: Geo, in topology: Topology) -> HTML {
        """
        <li>
        <h2>\(geo.name)</h2>
        <p class="code"><span class="hidden">Region code: </span>\(geo.id)</p>
        <p class="address"><i>your-portal</i><wbr>.\(geo.id).portal<wbr>.\(topology.domain)\(port(topology))</p>
        </li>
        """
    }

    private static func exampleName(_ topology: Topology) -> String { topology.geos.first?.name ?? "" }

    private static func exampleAddress(_ topology: Topology) -> String {
        topology.origin(of: "acme.\(topology.geos.first?.id.value ?? "").portal.\(topology.domain)")
    }

    private static func port(_ topology: Topology) -> String {
        let origin = topology.origin(of: "")
        return origin.hasSuffix("://") ? "" : String(origin.drop { $0 != ":" }.dropFirst(3))
    }
}

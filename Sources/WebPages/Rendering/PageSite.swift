import Accounts
import HTTPConventions
import Hummingbird
import Languages

/// One kind of pages, such as those of portals: its templates, what stands around each page, and its words about errors.
public protocol PageSite: Sendable {
    /// Its own templates; one of them is called `layout` and shows `site`, `frame` and, by its name in `template`, the page inside.
    associatedtype Template: ShippedTemplate
    associatedtype Context: PageContext
    /// Where a page is, for the navigation.
    associatedtype Place: Sendable
    /// What only these pages have around them; the layout shows it as `site`.
    associatedtype View

    /// The geo as people read it: "Europe".
    var geoName: String { get }
    /// What stands before the id of a request on the page of an error.
    func reference(in book: Phrasebook) -> String
    /// Where a page is about which nobody says it.
    ///
    /// - Parameter template: nil for the page of an error.
    func place(showing template: Template?) -> Place
    func view(at place: Place, in context: Context) -> View
    /// What only these pages refuse; nil for every other error.
    func refusal(_ error: any Error) -> Problem?
    /// What a page tells about an error: the one place where errors become these pages' words.
    func message(about error: any Error, as problem: Problem, in book: Phrasebook) -> PageMessage
    /// The ways out of the page of an error.
    func ways(out message: PageMessage, at request: Request, in context: Context) -> [PageMessage.Way]
}

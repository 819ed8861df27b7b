"""A portal in its owner's colour, with logo, icon and welcome."""

import base64

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" rx="8" fill="#b0126b"/>'
    '<circle cx="20" cy="20" r="11" fill="#ffffff"/></svg>'
)
# Too bright for a light ground: the pages darken it there.
COLOR = "#ff7a1a"


def dress_up(visit, cluster, geo):
    """The look is set as an owner's client does it, seen by a stranger, and taken off again."""
    portal = f"/v3/portals/{cluster.geo(geo)['portal_id']}"
    image = {"data": "data:image/svg+xml;base64," + base64.b64encode(LOGO.encode()).decode()}
    for kind in ("logo", "favicon"):
        cluster.manage(geo, "PUT", f"{portal}/assets/{kind}", image)
    cluster.manage(geo, "PATCH", f"{portal}/customization", {
        "theme": {"colors": {"primary": COLOR}},
        "welcome": {"title": "Build on our quays", "text": "Berths, tides and cargo.\nOne account for all."},
    })
    visit.open(cluster.geo(geo)["portal_url"])
    visit.see("catalog-with-look", "Build on our quays", "One account for all.")
    visit.open(f"{cluster.geo(geo)['portal_url']}/login")
    visit.see("login-with-look")
    for kind in ("logo", "favicon"):
        cluster.manage(geo, "DELETE", f"{portal}/assets/{kind}")
    cluster.manage(geo, "PUT", f"{portal}/customization", {})

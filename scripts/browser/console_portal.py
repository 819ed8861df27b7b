"""What admins do at one portal: decide about developers, and arrange how it looks and what it says."""

from dressed import COLOR, LOGO
from visit import Problem

# Who waits, by the first part of the address. Names are what people make of them.
WAITING = {
    "amara": "Amara Okonkwo", "bilal": "بلال بن رباح", "chidi": "<b>Chidi</b> & Söhne", "dana": "D" * 100,
    "emi": "山田 恵美", "finn": "Finn O'Malley",
}


def decide(visit, cluster, geo):
    """One, several and all developers who wait are approved, rejected and deleted."""
    def address(person):
        return f"{person}@{visit.look.name}.waiting.example"

    for person, name in WAITING.items():
        cluster.sign_up(geo, name, address(person))
    visit.open(cluster.geo(geo)["console_url"])
    visit.see("console-portals", f"{len(WAITING)} developers wait")
    visit.press("main .tiles a")
    visit.see("console-requests", "Access requests", *WAITING.values(), f"{len(WAITING)} wait")
    take_step(visit, "approve")
    visit.see("console-requests-nobody-chosen", "Choose at least one developer")

    choose_developer(visit, address("amara"))
    take_step(visit, "approve")
    visit.see("console-requests-approved", "1 developer approved")
    for person in ["bilal", "chidi"]:
        choose_developer(visit, address(person))
    take_step(visit, "approve")
    expect(visit, "2 developers approved")

    choose_developer(visit, address("dana"))
    take_step(visit, "reject")
    visit.see("console-reject", "Reject 1 developer?", WAITING["dana"])
    visit.press("main .aside a")
    expect(visit, WAITING["dana"])
    choose_developer(visit, address("dana"))
    take_step(visit, "reject")
    visit.press("main form button")
    visit.see("console-requests-rejected", "1 developer rejected")

    visit.press("main .selection a")
    visit.see("console-requests-all-chosen", "Select none")
    take_step(visit, "delete")
    visit.see("console-delete-several", "Delete 2 developers?", WAITING["emi"], WAITING["finn"], "This cannot be undone")
    visit.press("main form button")
    visit.see("console-requests-empty", "2 developers deleted", "Nobody waits for you")


def keep_developers(visit, cluster, geo):
    """The list, one of them, and somebody who is invited."""
    visit.press("header a[href$='/developers']")
    visit.see("console-developers", "Amara Okonkwo", "approved")
    visit.type("q", "okonk")
    visit.press("form.filters button")
    visit.see("console-developers-found", "Amara Okonkwo", "Show everybody")
    visit.type("q", "nobody of this name")
    visit.press("form.filters button")
    visit.see("console-developers-nobody", "Nobody found")
    visit.type("q", f"{visit.look.name}.waiting")
    visit.choose("in", "E-mail address")
    visit.choose("status", "rejected")
    visit.choose("sort", "oldest first")
    visit.press("form.filters button")
    visit.see("console-developers-rejected", WAITING["dana"])
    visit.press("main td a")
    visit.see("console-developer-rejected", "History", "waiting → rejected")

    visit.open(f"{list_of_developers(visit)}?q={visit.look.name}.waiting&in=email&status=approved&sort=oldest")
    visit.press("main td a")
    visit.see("console-developer", "Amara Okonkwo", "registered by themselves", "waiting → approved")
    take_step(visit, "revoke")
    visit.see("console-revoke", "Revoke the access of 1 developer?")
    visit.press("main form button")
    visit.see("console-developer-revoked", "Access of 1 developer revoked", "approved → revoked")
    take_step(visit, "delete")
    visit.see("console-delete", "Delete 1 developer?", "Amara Okonkwo")
    visit.press("main form button")
    visit.see("console-developers-deleted", "1 developer deleted")
    invite(visit, cluster, geo)


def invite(visit, cluster, geo):
    email = f"gast@{visit.look.name}.invited.example"
    visit.press("main a[href$='/invite']")
    visit.see("console-invite", "Invite a developer")
    visit.type("full_name", "Gast Hafen")
    visit.type("email", "gast@harbour")
    visit.press("main form button")
    visit.see("console-invite-refused", "Enter an e-mail address such as")
    visit.type("email", email)
    visit.choose("language", "Deutsch")
    visit.press("main form button")
    visit.see("console-invited", "The invitation is on its way", "invited by an admin")
    cluster.mailed_token(geo, email)
    visit.press("main .back a")
    visit.press("main a[href$='/invite']")
    visit.type("full_name", "Gast Hafen")
    visit.type("email", email)
    visit.press("main form button")
    visit.see("console-invite-known", "There is a developer with this address already")


def arrange_portal(visit, cluster, geo):
    """Settings and look, which are as before when it ends."""
    visit.press("header a[href$='/settings']")
    visit.see("console-settings", "Approve developers automatically")
    visit.type("display_name", "   ")
    visit.press("main form button")
    visit.see("console-settings-refused", "Please fill in “Name for developers”.")
    visit.press("header a[href$='/settings']")
    visit.switch("auto_approve_developers")
    visit.press("main form button")
    visit.see("console-settings-saved", "The settings are saved")
    visit.switch("auto_approve_developers")
    visit.press("main form button")
    visit.type("from_name", "ceo@harbour.example")
    visit.press("form[action$='/sender'] button")
    visit.see("console-sender-refused", "must not contain @")
    visit.type("from_name", "Harbour Developers")
    visit.press("form[action$='/sender'] button")
    visit.see("console-sender-saved", "The sender is saved")
    visit.paste("from_name", "")
    visit.press("form[action$='/sender'] button")

    visit.press("header a[href$='/look']")
    visit.see("console-look", "Accent colour", "Preview", "None of its own.")
    visit.attach("logo", "logo.svg", "<svg><script>alert(1)</script></svg>")
    visit.press("form[action$='/look/logo'] button")
    visit.see("console-image-refused", "This drawing contains more than a drawing")
    for kind in ("logo", "favicon"):
        visit.attach(kind, f"{kind}.svg", LOGO)
        visit.press(f"form[action$='/look/{kind}'] button")
    visit.see("console-look-with-images", "The look is changed", "Remove the logo", "Remove the icon")
    visit.type("theme.colors.primary", "orange")
    visit.press("button[value='save']")
    visit.see("console-look-refused", "Accent colour must be a colour such as #0b5f7a")
    visit.type("theme.colors.primary", COLOR)
    visit.type("welcome.title", "Build on our quays")
    visit.type("welcome.text", "Berths, tides and cargo.\nOne account for all.")
    visit.press("button[value='save']")
    visit.see("console-look-saved", "The look is changed", "Build on our quays", "One account for all.")
    for step in ["remove-logo", "remove-favicon"]:
        visit.press(f"button[value='{step}']")
        visit.see(f"console-{step}", "Remove this image?")
        visit.press("main form button")
    visit.see("console-look-without-images", "None of its own.")
    cluster.manage(geo, "PUT", f"/v3/portals/{cluster.geo(geo)['portal_id']}/customization", {})


def write_mails(visit):
    """One mail's text is changed, looked at, sent as a test, and brought back."""
    visit.press("header a[href$='/mail-texts']")
    visit.see("console-mail-texts", "Access was approved", "To admins: a developer waits")
    visit.press(link_called(visit, "Access was approved"))
    visit.see("console-mail-text", "Access was approved", "{{portal_display_name}}")
    visit.choose("language", "Deutsch")
    visit.press("form.filters button")
    visit.see("console-mail-text-german", "Access was approved")
    visit.type("content.subject", "Hallo {{nobody_knows}}")
    visit.press("button[value='save']")
    visit.see("console-mail-text-refused", "Something has to be corrected", "has the variable \"nobody_knows\"")
    visit.type("content.subject", "Willkommen an Bord von {{portal_display_name}}")
    visit.paste("content.body", "Guten Tag {{developer_fullname}},\n\nwir haben einen Liegeplatz für Sie.")
    visit.press("button[value='preview']")
    visit.see("console-mail-preview", "Willkommen an Bord von ", "Guten Tag Jane Doe", "einen Liegeplatz für Sie")
    visit.press("button[value='test']")
    visit.see("console-mail-test", "The test is on its way")
    visit.press("button[value='save']")
    visit.see("console-mail-text-saved", "The text is saved", "Back to the usual text")
    if "Liegeplatz" not in visit.page.input_value("[id='content.body']"):
        raise Problem("the text of a mail is not the one that was saved")
    visit.press("main .back a")
    visit.see("console-mail-texts-own", "Deutsch")
    visit.press(link_called(visit, "Access was approved"))
    visit.choose("language", "Deutsch (own text)")
    visit.press("form.filters button")
    visit.press("button[value='reset']")
    visit.see("console-mail-text-reset", "Bring the usual text back?")
    visit.press("main form button")
    visit.see("console-mail-text-usual", "The usual text is back")


def take_step(visit, step):
    visit.press(f"main button[value='{step}']")


def choose_developer(visit, email):
    visit.switch(visit.page.locator("main tr", has_text=email).locator("input").get_attribute("id"))


def list_of_developers(visit):
    return visit.page.evaluate("() => document.querySelector(\"header a[href$='/developers']\").href")


def link_called(visit, text):
    path = visit.page.get_attribute(f"main td a:text-is('{text}')", "href")
    return f"main a[href='{path}']"


def expect(visit, *words):
    """What a page must say that has been photographed before."""
    text = visit.page.inner_text("body")
    for word in words:
        if word not in text:
            raise Problem(f"\"{word}\" is not on the page {visit.page.url}:\n{text}")

"""How an owner sets up log-in through an identity provider in the console."""

from visit import Problem


def keep_sign_on(visit):
    """A provider is added, tested, changed and removed, which leaves the portal as it was."""
    visit.press("header a[href$='/log-in']")
    visit.see("console-log-in-ways", "Ways to log in", "There is none yet")
    addresses = [field.input_value() for field in visit.page.locator("input[readonly]").all()]
    if not any(address.endswith("oidc-backchannel-logout") for address in addresses):
        raise Problem(f"the addresses to enter at a provider are not shown, but {addresses}")
    visit.switch("passwords")
    visit.press("main section form button")
    visit.see("console-log-in-last-way", "This would be the last way to log in")

    visit.press("main a[href$='/log-in/new']")
    visit.see("console-provider-new", "New identity provider", "Issuer")
    visit.type("config.issuer_url", "id.example")
    visit.type("config.client_id", "portal")
    visit.press("main button[value='save']")
    visit.see("console-provider-refused", "Issuer must be an https address")
    visit.type("config.issuer_url", "https://id.invalid")
    visit.type("config.client_secret", "a secret of nobody's")
    visit.press("main button[value='save']")
    visit.see("console-provider-added", "The identity provider is added", "One is kept")

    visit.press("main button[value='test']")
    visit.see("console-provider-tested", "A step failed", "The host name cannot be resolved", "not tried")
    visit.choose("config.client_authentication", "Private key (private_key_jwt)")
    visit.press("main button[value='save']")
    visit.see("console-provider-saved", "The identity provider is saved")
    visit.press("main .back a")
    visit.see("console-log-in-provider", "https://id.invalid", "off")
    visit.press("main .rows a")
    visit.press("main button[value='remove']")
    visit.see("console-provider-remove", "Remove this identity provider?", "https://id.invalid")
    visit.press("main form button")
    visit.see("console-provider-removed", "The identity provider is removed", "There is none yet")

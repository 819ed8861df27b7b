"""What is registered at a provider for a portal; docs/sso.md names the same."""

REDIRECT = "/login"
POST_LOGOUT = "/login"
BACK_CHANNEL_LOGOUT = "/api/v3/developer/authenticate/oidc-backchannel-logout"


def registration(portal_url):
    return {"redirect_uri": portal_url + REDIRECT, "post_logout_uri": portal_url + POST_LOGOUT,
            "back_channel_uri": portal_url + BACK_CHANNEL_LOGOUT}

"""A geo's portal as its admin sees it: what is configured for log-in, and who is there."""


class Portal:
    """The portal of one geo of a cluster, and the provider that is set up for it."""

    def __init__(self, cluster, geo):
        self.cluster = cluster
        self.geo = geo
        self.url = cluster.geo(geo)["portal_url"]
        self.provider = None

    def set_up(self, issuer, client_id, client_secret):
        """Makes a provider the portal's own in place of the one before."""
        if self.provider is not None:
            self.manage("DELETE", f"/identity-providers/{self.provider}")
        config = {"issuer_url": issuer, "client_id": client_id, "client_secret": client_secret}
        made = self.manage("POST", "/identity-providers", {"type": "oidc", "enabled": True, "config": config})
        self.provider = made["id"]

    def change_provider(self, **config):
        self.manage("PATCH", f"/identity-providers/{self.provider}", {"config": config})

    def failing_step(self):
        """The first step of a test of the configuration that fails, with what is wrong; nil where all is well."""
        examination = self.manage("POST", f"/identity-providers/{self.provider}/examination")
        failed = [(step["name"], step["problem"]) for step in examination["steps"] if not step["passed"]]
        return failed[0] if failed else None

    def set_log_in(self, **settings):
        self.manage("PATCH", "/authentication-settings", settings)

    def developers(self, email):
        """Who is there with an address, of any status."""
        listed = self.manage("GET", "/developers?page%5Bsize%5D=100")["data"]
        return [one for one in listed if one["email"].lower() == email.lower()]

    def change(self, email, status):
        [developer] = self.developers(email)
        self.manage("PATCH", f"/developers/{developer['id']}", {"status": status})

    def manage(self, method, path, body=None):
        return self.cluster.manage(self.geo, method, f"/v3/portals/{self.cluster.geo(self.geo)['portal_id']}{path}", body)

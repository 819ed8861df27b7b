"""A local cluster for a browser or another client, started by portolanctl and stopped when its input is closed."""

import json
import subprocess
import urllib.request

# Never by way of a proxy: everything is on this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Cluster:
    def __init__(self, binaries, geos="eu,us"):
        self.process = subprocess.Popen(
            [f"{binaries}/portolanctl", "cluster", "up", "--ephemeral", "--json", "--geos", geos],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the cluster did not start")
        self.description = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def geo(self, name):
        return self.description["geos"][name]

    def manage(self, geo, method, path, body=None):
        """One request to a geo's management API, through the router, as its admin."""
        geo = self.geo(geo)
        request = urllib.request.Request(
            f"http://{self.description['router']['address']}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Host": geo["api_url"].removeprefix("http://"), "Content-Type": "application/json",
                     "Authorization": f"Bearer {geo['admin_token']}"})
        with DIRECT.open(request) as answer:
            return json.load(answer)

    def approve(self, geo, email):
        developers = f"/v3/portals/{self.geo(geo)['portal_id']}/developers"
        waiting = self.manage(geo, "GET", f"{developers}?page%5Bsize%5D=100&filter%5Bstatus%5D%5Beq%5D=pending")["data"]
        [developer] = [one for one in waiting if one["email"] == email]
        self.manage(geo, "PATCH", f"{developers}/{developer['id']}", {"status": "approved"})

"""Checks deploy/kubernetes: renders each overlay, holds it to the API's schema and to the rules of Portolan, and asks which pod reaches which."""

import ipaddress
import os
import subprocess
import sys
import tempfile
from itertools import permutations
from pathlib import Path

import kubernetes_validate
import yaml
from cloudcoil.models.prometheus_operator.v1 import ServiceMonitor
from network import Network, Pod

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
API_VERSION = "1.30"
GEOS = ["eu", "us"]
PORTS = [9101, 9111, 8443, 8080, 8081, 22, 443]
WORKLOADS = {"StatefulSet", "Deployment"}


def render(overlay):
    result = subprocess.run(
        ["kubectl", "kustomize", str(FOLDER / "overlays" / overlay)], check=True, capture_output=True, text=True)
    if result.stderr:
        raise SystemExit(f"kustomize is not content with {overlay}: {result.stderr}")
    return [document for document in yaml.safe_load_all(result.stdout) if document]


def check_schema(objects):
    for thing in objects:
        # The operator's own kind; its schema is not Kubernetes'.
        if thing["kind"] == "ServiceMonitor":
            check_monitor(thing)
            continue
        kubernetes_validate.validate(thing, API_VERSION, strict=True)


def check_monitor(thing):
    """By the operator's models: what they do not know they leave out, and what they know they give back as it was."""
    read = ServiceMonitor.model_validate(thing).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert read == thing, f"the Prometheus operator knows of {thing['metadata']['name']} only {read}"
    assert thing["spec"]["endpoints"] and thing["spec"]["selector"]["matchLabels"], "a ServiceMonitor that selects nothing"


def check_references(objects):
    """What a workload mounts by a ConfigMap's name is there, secrets are not, and services and monitors select something."""
    maps = {thing["metadata"]["name"] for thing in objects if thing["kind"] == "ConfigMap"}
    assert not [thing for thing in objects if thing["kind"] == "Secret"], "a Secret stands in the repository"
    for workload in of_kinds(objects, WORKLOADS):
        template = workload["spec"]["template"]
        for volume in template["spec"]["volumes"]:
            for source in volume.get("projected", {}).get("sources", []):
                assert source["configMap"]["name"] in maps, f"no ConfigMap {source['configMap']['name']}"
        labels = template["metadata"]["labels"]
        ports = {port["name"] for container in template["spec"]["containers"] for port in container["ports"]}
        for service in of_kinds(objects, {"Service"}):
            assert service["spec"]["selector"].items() <= labels.items(), f"the service {service['metadata']['name']} selects no pod"
            assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports, "a service leads to a port that is not there"
        for budget in of_kinds(objects, {"PodDisruptionBudget"}):
            assert budget["spec"]["selector"]["matchLabels"].items() <= labels.items(), "the budget selects no pod"
            assert budget["spec"]["minAvailable"] < workload["spec"]["replicas"], "the budget lets no machine be emptied"
    for monitor in of_kinds(objects, {"ServiceMonitor"}):
        wanted = monitor["spec"]["selector"]["matchLabels"].items()
        port = monitor["spec"]["endpoints"][0]["port"]
        found = [
            service for service in of_kinds(objects, {"Service"})
            if wanted <= service["metadata"]["labels"].items() and port in {entry["name"] for entry in service["spec"]["ports"]}]
        assert len(found) == 1, f"the monitor {monitor['metadata']['name']} finds {len(found)} services with the port {port}"


def check_hardening(objects):
    """The "restricted" Pod Security Standard, a root that cannot be written, and probes."""
    for workload in of_kinds(objects, WORKLOADS):
        spec = workload["spec"]["template"]["spec"]
        pod = spec["securityContext"]
        assert pod["runAsNonRoot"] and pod["runAsUser"] > 0 and pod["seccompProfile"]["type"] == "RuntimeDefault"
        assert spec["automountServiceAccountToken"] is False
        for container in spec["containers"]:
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"] and context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
            assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    for namespace in of_kinds(objects, {"Namespace"}):
        assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def check_network(overlays):
    """The router reaches each node; no pod of one geo reaches a pod of another, and nobody else reaches a node's service port."""
    namespaces = {
        "default": {"kubernetes.io/metadata.name": "default"},
        "monitoring": {"kubernetes.io/metadata.name": "monitoring"},
        "kube-system": {"kubernetes.io/metadata.name": "kube-system"},
    }
    policies, nodes, routers = [], {}, []
    for overlay, objects in overlays.items():
        for thing in of_kinds(objects, {"Namespace"}):
            # A cluster gives each namespace its name as a label.
            name = thing["metadata"]["name"]
            namespaces[name] = {**thing["metadata"]["labels"], "kubernetes.io/metadata.name": name}
        policies += of_kinds(objects, {"NetworkPolicy"})
        for workload in of_kinds(objects, WORKLOADS):
            pod = Pod(overlay, workload["metadata"]["namespace"], workload["spec"]["template"]["metadata"]["labels"])
            if workload["kind"] == "StatefulSet":
                nodes[overlay] = pod
            else:
                routers.append(pod)
    network = Network(namespaces, policies)
    assert sorted(nodes) == GEOS and len(routers) == 1
    # Somebody's pod that was put beside a node, and one that says of itself that it is a router.
    beside = {geo: Pod(f"beside {geo}", nodes[geo].namespace, {"app": "other"}) for geo in GEOS}
    poser = Pod("a poser", "default", routers[0].labels)
    monitor = Pod("monitoring", "monitoring", {})
    names = Pod("names", "kube-system", {"k8s-app": "kube-dns"})

    for router in routers:
        for node in nodes.values():
            assert network.reaches(router, node, 9101) and network.reaches(router, node, 9111), f"the router does not reach {node.name}"
            assert not network.reaches(router, node, 22) and not any(network.reaches(node, router, port) for port in PORTS)
        assert network.reaches(poser, router, 8443) and not network.reaches(poser, router, 8081)
    for one, other in permutations(GEOS, 2):
        for source in (nodes[one], beside[one]):
            for target in (nodes[other], beside[other]):
                for port in PORTS:
                    assert not network.reaches(source, target, port), f"{source.name} reaches {target.name} at {port}"
    for node in nodes.values():
        assert network.reaches(monitor, node, 9111) and not network.reaches(monitor, node, 9101)
        assert not any(network.reaches(poser, node, port) for port in PORTS), "a pod that poses as a router reaches a node"
        assert network.reaches(node, names, 53, "UDP") and not network.reaches(node, names, 443)
    # A block of addresses could let a node out to anywhere.
    for policy in policies:
        for rule in policy["spec"].get("egress") or []:
            assert rule.get("to"), f"{policy['metadata']} lets out to everywhere"
            for peer in rule["to"]:
                if "ipBlock" in peer:
                    assert ipaddress.ip_network(peer["ipBlock"]["cidr"]).num_addresses <= 256, "a block as wide as a network"


def check_configuration(overlays, binaries):
    """The processes themselves find their files right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for overlay, objects in overlays.items():
            place = folder / overlay
            place.mkdir()
            for thing in of_kinds(objects, {"ConfigMap"}):
                for file, text in thing["data"].items():
                    (place / file).write_text(text)
        topology = folder / "router" / "topology.yaml"
        run(binaries / "portolanctl", "topology", "check", topology)
        for action in (["init"], ["issue", "all", "--topology", topology], ["issue", "public", "eu", "--topology", topology],
                       ["issue", "public", "us", "--topology", topology]):
            run(binaries / "portolanctl", "certificates", *action, "--folder", folder / "identity")
        secrets = folder / "secrets"
        secrets.mkdir()
        for overlay in overlays:
            owner = "router" if overlay == "router" else f"geo-{overlay}"
            certificates = {
                "PORTOLAN_IDENTITY_CERTIFICATE": folder / "identity" / f"{owner}.pem",
                "PORTOLAN_IDENTITY_KEY": folder / "identity" / f"{owner}-key.pem",
                "PORTOLAN_IDENTITY_AUTHORITY": folder / "identity" / "ca.pem",
            }
            (folder / "password").write_text("secret")
            environment = {**os.environ, **{key: str(value) for key, value in certificates.items()}}
            process = "router" if overlay == "router" else "node"
            file = folder / overlay / f"{process}.yaml"
            if process == "node":
                environment["PORTOLAN_MAIL_SMTP_PASSWORD_FILE"] = str(folder / "password")
            else:
                text = file.read_text().replace("/run/secrets/portolan/tls/", f"{folder}/identity/public-")
                file.write_text(text)
            run(binaries / f"portolan-{process}", "--config", file, "--check", environment=environment)


def run(*words, environment=None):
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(str(word) for word in words)}: {result.stderr}{result.stdout}")


def of_kinds(objects, kinds):
    return [thing for thing in objects if thing["kind"] in kinds]


def main():
    overlays = {overlay: render(overlay) for overlay in [*GEOS, "router"]}
    for overlay, objects in overlays.items():
        check_schema(objects)
        check_references(objects)
        check_hardening(objects)
        print(f"{overlay}: {len(objects)} objects are right for Kubernetes {API_VERSION}")
    check_network(overlays)
    print("no pod of one geo reaches a pod of another; the router reaches each node")
    if len(sys.argv) > 1:
        check_configuration(overlays, Path(sys.argv[1]))
        print("the processes find their configuration right")


if __name__ == "__main__":
    main()

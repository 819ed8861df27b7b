"""Which pod reaches which under a set of NetworkPolicies, as the Kubernetes API defines them (networking.k8s.io/v1)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pod:
    name: str
    namespace: str
    labels: dict = field(hash=False)


class Network:
    """The policies of a cluster, and the labels of its namespaces."""

    def __init__(self, namespaces, policies):
        self.namespaces = namespaces
        self.policies = policies

    def reaches(self, source, target, port, protocol="TCP"):
        """Whether a connection is let out by the one and in by the other."""
        return self._allows("Egress", source, target, port, protocol) and self._allows("Ingress", target, source, port, protocol)

    def _allows(self, direction, pod, peer, port, protocol):
        rules_key, peers_key = ("egress", "to") if direction == "Egress" else ("ingress", "from")
        chosen = [policy for policy in self.policies if self._selects(policy, pod, direction)]
        if not chosen:
            return True
        return any(
            self._allows_peer(policy, rule.get(peers_key), peer) and self._allows_port(rule.get("ports"), port, protocol)
            for policy in chosen
            for rule in policy["spec"].get(rules_key) or []
        )

    @staticmethod
    def _selects(policy, pod, direction):
        spec = policy["spec"]
        types = spec.get("policyTypes") or ["Ingress"] + (["Egress"] if "egress" in spec else [])
        return (
            policy["metadata"]["namespace"] == pod.namespace and direction in types and matches(spec["podSelector"], pod.labels)
        )

    def _allows_peer(self, policy, peers, pod):
        # No peers at all are all peers.
        return not peers or any(self._is_peer(policy, peer, pod) for peer in peers)

    def _is_peer(self, policy, peer, pod):
        # A block of addresses is for what is outside of the cluster; a check of the blocks says that pods have none of them.
        if "ipBlock" in peer:
            return False
        if "namespaceSelector" in peer:
            if not matches(peer["namespaceSelector"], self.namespaces[pod.namespace]):
                return False
        elif pod.namespace != policy["metadata"]["namespace"]:
            return False
        return matches(peer.get("podSelector") or {}, pod.labels)

    @staticmethod
    def _allows_port(ports, port, protocol):
        return not ports or any(
            entry.get("protocol", "TCP") == protocol and entry.get("port", port) <= port <= entry.get("endPort", entry.get("port", port))
            for entry in ports
        )


def matches(selector, labels):
    """Whether a label selector selects; the empty one selects everything."""
    wanted = selector.get("matchLabels") or {}
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    for rule in selector.get("matchExpressions") or []:
        value, key = labels.get(rule["key"]), rule["key"]
        holds = {
            "In": lambda: value in rule["values"],
            "NotIn": lambda: value not in rule["values"],
            "Exists": lambda: key in labels,
            "DoesNotExist": lambda: key not in labels,
        }[rule["operator"]]()
        if not holds:
            return False
    return True

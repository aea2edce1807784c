"""Invariants of documents and users, which every answer must satisfy."""
import collections, itertools

tokens = itertools.count(1)
SEEN_ELSEWHERE = 1  # second after a save was acknowledged, every other replica gives it


class Wrong(Exception):
    """An answer that cannot be right."""


class Documents:
    """Each content is written once and contains its own id; versions only grow, and no version has two contents."""

    def __init__(self, count, replicas, apart):
        """apart: the times in which the replicas may miss messages of each other."""
        self.ids, self.replicas, self.apart = [f"soak-{number}" for number in range(count)], range(replicas), apart
        self.written = collections.defaultdict(set)  # id -> tokens that were sent
        self.content = collections.defaultdict(dict)  # id -> version -> token
        self.acknowledged = collections.Counter()  # id -> version
        self.least = collections.defaultdict(lambda: (0, None))  # id, replica -> version it must know, saved elsewhere when
        self.coming = collections.defaultdict(collections.deque)  # id, replica -> versions it may not know yet, saved when

    def fresh(self, id, padding):
        token = next(tokens)
        self.written[id].add(token)
        return {"document": id, "token": token, "padding": "x" * padding}

    def least_at(self, id, replica, now):
        """The minimum version that a read must return which begins now on this replica, and when it was saved elsewhere."""
        coming, key = self.coming[id, replica], (id, replica)
        while coming and self.due(coming[0][1]) <= now:
            self.least[key] = max(self.least[key], coming.popleft(), key=lambda known: known[0])
        return self.least[key]

    def due(self, saved):
        """When a save must be seen elsewhere."""
        return self.apart.over(saved, saved + SEEN_ELSEWHERE, SEEN_ELSEWHERE)

    def saved(self, id, version, content, before, replica, when):
        """A save was acknowledged; before: the version that was acknowledged when this save began."""
        if version <= before:
            raise Wrong(f"{id} was saved as version {version} when version {before} had been acknowledged")
        self.know(id, version, content)
        self.acknowledged[id] = max(self.acknowledged[id], version)
        for other in self.replicas:
            if other != replica:
                self.coming[id, other].append((version, when))
            elif version > self.least[id, replica][0]:
                self.least[id, replica] = version, None

    def read(self, id, version, content, least, when):
        """A version was read; returns whether it is at least the minimum version."""
        self.know(id, version, content)
        if version >= least[0]:
            return True
        both = f"{id} came as version {version} and {least[0]} had been acknowledged before"
        if least[1] is None:
            raise Wrong(f"{both} by the same replica")
        self.apart.look()
        if self.due(least[1]) <= when:
            raise Wrong(f"{both} by another replica, {when - least[1]:.1f} s ago")
        return False

    def know(self, id, version, content):
        token = content["token"]
        if content["document"] != id or token not in self.written[id]:
            raise Wrong(f"{id} has a content that was never saved there: {content['document']}, {token}")
        if self.content[id].setdefault(version, token) != token:
            raise Wrong(f"{id} version {version} has two contents: {token} and {self.content[id][version]}")


class Users:
    """No change is lost, and none is invented."""

    def __init__(self):
        self.sent = collections.defaultdict(set)  # id -> names that a client tried to set
        self.names = collections.defaultdict(dict)  # id -> version -> name
        self.changes = collections.defaultdict(set)  # id -> versions that were acknowledged
        self.acknowledged = collections.Counter()  # id -> version

    def changed(self, user, was):
        """A change that was meant for version `was` is acknowledged."""
        id, version = user["user_id"], user["version"]
        if version != was + 1:
            raise Wrong(f"user {id} went from version {was} to {version}")
        if version in self.changes[id]:
            raise Wrong(f"user {id} became version {version} twice: a change was lost")
        self.changes[id].add(version)
        self.know(user)
        self.acknowledged[id] = max(self.acknowledged[id], version)

    def read(self, user, least):
        self.know(user)
        if user["version"] < least:
            raise Wrong(f"user {user['user_id']} came as version {user['version']}, and {least} had been acknowledged before")

    def know(self, user):
        id, version, name = user["user_id"], user["version"], user["name"]
        if name not in self.sent[id]:
            raise Wrong(f"user {id} has a name that no client set: {name}")
        if self.names[id].setdefault(version, name) != name:
            raise Wrong(f"user {id} version {version} has two names: {name} and {self.names[id][version]}")

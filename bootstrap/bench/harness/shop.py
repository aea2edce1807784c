"""The shop of the public workload: its API, what it has in Redis, and the calls of its three tools."""
import contextlib
import json
import socket
from dataclasses import dataclass

from . import backends, client, upstream, workshop

USERS = range(1_000, 2_000)
PRODUCTS = range(1, 100_001)
CONNECTIONS = 64  # that a server may have to the API, and to Redis
GOOD = '"text":"{\\"'  # in each good response: its text is a JSON object, and the text of an error is not
COMMANDS = ("zrange", "hgetall", "incr", "zincrby", "rpush")
CALLS = {  # a # becomes the number of a user
    "search_products": '{"category":"Electronics","min_price":50.0,"max_price":500.0,"limit":10}',
    "get_user_cart": '{"user_id":"user-#"}',
    "checkout": '{"user_id":"user-#","items":[{"product_id":42,"quantity":2},{"product_id":1337,"quantity":1}]}'}


@dataclass(frozen=True)
class Shop:
    api: int
    redis: backends.Redis

    def refill(self):
        """Brings Redis into its first state: a cart of each user, and a ranking of all products."""
        commands = [("FLUSHALL",), *(("HSET", f"cart:user-{user}", *cart(user)) for user in USERS)]
        for begin in range(PRODUCTS.start, PRODUCTS.stop, 1_000):
            scores = ((str(product * 7_919 % 10_007), f"product:{product}") for product in range(begin, begin + 1_000))
            commands.append(("ZADD", "ranking", *(word for pair in scores for word in pair)))
        with socket.create_connection(("127.0.0.1", self.redis.port), timeout=30) as connection:
            connection.sendall("".join(map(encoded, [*commands, ("PING",)])).encode())
            said = b""
            while not said.endswith(b"+PONG\r\n"):
                said += connection.recv(1 << 16) or b"-closed\r\n+PONG\r\n"
        if b"-" in said:
            raise workshop.Stop(f"Redis refused the data of the shop: {said[:300]}")

    def requests(self):
        """How many requests of each kind have arrived at the API."""
        return json.loads(upstream.get(self.api, "/requests"))


@contextlib.contextmanager
def served():
    """The API and Redis, which is empty."""
    port = client.free_port()
    with backends.redis() as redis, workshop.running("shop-api", workshop.bare("ShopService", port)) as process:
        client.until(lambda: upstream.get(port, "/requests"), process)
        yield Shop(port, redis)


def cart(user):
    items = [{"product_id": 1 + user * step % len(PRODUCTS), "quantity": 1 + user % step} for step in (3, 7, 11)[:2 + user % 2]]
    return "items", json.dumps(items), "total", f"{user * 37 % 90_000 / 100:.2f}", "created", str(1_770_000_000 + user)


def encoded(command):
    return f"*{len(command)}\r\n" + "".join(f"${len(word)}\r\n{word}\r\n" for word in command)


# ---- calls -----------------------------------------------------------------------------------------------------------

def load(port, pid, ids, tools, seconds):
    """One run of wrk, which calls these tools in turn, for one user after the other."""
    (first, arguments), *further = [(tool, CALLS[tool]) for tool in tools]
    return client.load(port, pid, "legacy", first, ids, seconds, len(ids), ARGUMENTS=arguments, EXPECT=GOOD, FIRST=str(USERS.start),
                       COUNT=str(len(USERS)), FURTHER="\n".join(f"{tool} {json}" for tool, json in further))


def work(shop, port, session):
    """What a server answers to some calls, after Redis was filled, and which requests it sends for them."""
    shop.refill()
    requests, answers = shop.requests(), []
    with shop.redis.counting() as commands:
        for user in [*USERS[:5], USERS[0], *USERS[-5:]]:
            for tool, arguments in CALLS.items():
                answers.append(answer(port, session, tool, json.loads(arguments.replace("#", str(user)))))
    arrived = [after - before for after, before in zip(shop.requests(), requests)]
    return answers, {name: commands.get(name, 0) for name in COMMANDS}, arrived


def answer(port, session, tool, arguments):
    """The JSON in the text of a result."""
    said = json.loads(client.expect(port, "legacy", tool, arguments, GOOD, session))
    (block,) = said["result"]["content"]
    return tool, arguments, json.loads(block["text"])

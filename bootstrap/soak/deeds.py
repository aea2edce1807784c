"""The actions of clients of the data layer, and the checks of their answers."""
import hashlib, itertools, time

from truth import Wrong

names = itertools.count(1)
PAGE = 50  # database.limits.rows of the servers
REFUSED = [
    ("SELECT 1; DROP TABLE shop.orders", "INVALID_PARAMS"),
    ("COMMIT; DELETE FROM shop.orders", "INVALID_PARAMS"),
    ("SELECT FROM WHERE", "INVALID_PARAMS"),
    ("SELECT 1 / (random() * 0)::int", "INVALID_PARAMS"),
    ("DELETE FROM shop.orders", ("FORBIDDEN", "INVALID_PARAMS")),
    ("WITH gone AS (DELETE FROM shop.orders RETURNING id) SELECT * FROM gone", ("FORBIDDEN", "INVALID_PARAMS")),
    ("SELECT pg_sleep(60)", "FORBIDDEN"),
    ("SELECT set_config('search_path', 'pg_temp', false)", "FORBIDDEN"),
    ("SELECT pg_advisory_lock(1)", "FORBIDDEN"),
    ("SELECT * FROM breakwater.users", "FORBIDDEN"),
]
ENDLESS = "SELECT count(*) FROM generate_series(1, 100000) AS a, generate_series(1, 100000) AS b WHERE a + b < 0"


def must(right, what):
    if not right:
        raise Wrong(what)


def schema(said):
    """What a table is, or that there is none; the number of its rows is an estimate."""
    return said.code() or {name: value for name, value in said.value.items() if name != "estimated_rows"}


class Deeds:
    """The actions of one client. No other client uses its users."""

    def __init__(self, caller, chance, documents, users, shared, schemas):
        self.caller, self.chance, self.documents, self.users = caller, chance, documents, users
        self.shared, self.schemas, self.mine = shared, schemas, {}
        self.choices = {self.transforms: 28, self.reads: 22, self.saves: 6, self.finds_one: 16, self.makes_rows: 8, self.turns_pages: 3,
                        self.describes: 4, self.changes_own: 5, self.changes_shared: 3, self.creates: 1, self.is_refused: 3,
                        self.leaves: 1}

    async def one(self):
        deed, = self.chance.choices(list(self.choices), list(self.choices.values()))
        try:
            if await deed():
                self.caller.counts[deed.__name__.replace("_", " ")] += 1
        except Wrong as wrong:
            raise Wrong(f"{deed.__name__}: {wrong}") from None

    async def query(self, query, params, expected=(), **more):
        return await self.caller.ask("execute_query", {"query": query, "params": params, **more}, expected)

    async def transforms(self):
        """One of three hundred results, so that most come from a cache; PostgreSQL and Redis are not involved."""
        number = self.chance.randrange(300)
        arguments = {"data": {"n": number}, "operation": "transform", "options": {"expression": "n * 2"}}
        said = await self.caller.ask("process_data", arguments)
        must(said is not None, "process_data failed, although it needs no backend")
        must(said.value["result"] == number * 2, f"twice {number} is {said.value['result']}")
        return True

    async def finds_one(self):
        id = self.chance.randint(1, 600)
        said = await self.query("SELECT id, sku, price, stock FROM shop.products WHERE id = $1", [id])
        if said:
            right = {"id": id, "sku": f"P-{id:04}", "price": round(300 + id * 7919 % 9000) / 100, "stock": id * 104729 % 400}
            must(said.value["results"] == [right], f"{said.value['results']} instead of {right}")
        return said

    async def makes_rows(self):
        first, count = self.chance.randrange(1_000_000), self.chance.randint(0, 40)
        said = await self.query("SELECT n, md5(n::text) AS digest FROM generate_series($1::int, $2::int) AS n", [first, first + count - 1])
        if said:
            right = [{"n": n, "digest": hashlib.md5(str(n).encode()).hexdigest()} for n in range(first, first + count)]
            must(said.value["results"] == right and not said.value["truncated"], f"{count} rows from {first}: {said.value['results']}")
        return said

    async def turns_pages(self):
        """Each page may come from another replica."""
        last, found, more = self.chance.randint(1, 3 * PAGE), [], {}
        while True:
            said = await self.query("SELECT id FROM shop.orders WHERE id <= $1 ORDER BY id", [last], **more)
            if said is None:
                return False
            found += [row["id"] for row in said.value["results"]]
            if not said.value["truncated"]:
                break
            more = {"cursor": said.value["next_cursor"]}
        must(found == list(range(1, last + 1)), f"pages of {last} rows hold {found}")
        return True

    async def describes(self):
        table = self.chance.choice(list(self.schemas))
        said = await self.caller.ask("get_table_schema", {"table_name": table}, ["NOT_FOUND"])
        if said:
            must(schema(said) == self.schemas[table], f"{table}: {said.error or said.value}")
        return said

    async def is_refused(self):
        query, codes = self.chance.choice(REFUSED)
        said = await self.query(query, [], codes)
        if said:
            must(said.error, f"{query} was run: {said.value}")
        return said

    async def leaves(self):
        tool, arguments = self.chance.choice([
            ("execute_query", {"query": ENDLESS}), ("get_data_cached", {"data_id": self.chance.choice(self.documents.ids)}),
            ("execute_query", {"query": "SELECT count(*) FROM shop.orders"}), ("save_data", self.document())])
        await self.caller.abandon(tool, arguments, self.chance.random() / 20)
        return True

    def document(self):
        id = self.chance.choice(self.documents.ids)
        return {"data_id": id, "content": self.documents.fresh(id, self.chance.randrange(500))}

    async def saves(self):
        arguments = self.document()
        id, before = arguments["data_id"], self.documents.acknowledged[arguments["data_id"]]
        said = await self.caller.ask("save_data", arguments)
        if said:
            self.documents.saved(id, said.value["version"], arguments["content"], before, said.replica, said.end)
        return said

    async def reads(self):
        id, replica = self.chance.choice(self.documents.ids), self.chance.randrange(len(self.caller.ports))
        least, begin = self.documents.least_at(id, replica, time.monotonic()), time.monotonic()
        said = await self.caller.ask("get_data_cached", {"data_id": id}, replica=replica)
        if said:
            if not self.documents.read(id, said.value["version"], said.value["content"], least, begin):
                self.caller.counts["reads of older documents while Redis was left alone"] += 1
            self.caller.counts[f"documents from the {said.value['source']}"] += 1
        return said

    async def creates(self):
        name = f"user {next(names)}"
        said = await self.caller.ask("create_user", {"name": name, "email": f"{name.replace(' ', '-')}@example.com"})
        if said:
            user = said.value["user"]
            self.users.sent[user["user_id"]].add(name)
            self.users.changed(user, 0)
            if len(self.mine) < 20:
                self.mine[user["user_id"]] = user["version"]
            again = await self.caller.ask("create_user", {"name": name, "email": user["email"].upper()}, ["CONFLICT"])
            must(again is None or again.code() == "CONFLICT", f"two users have the address {user['email']}: {again and again.value}")
        return said

    async def changes_own(self):
        """No other client changes it: the last version that was read is the current one, and any other is refused."""
        if not self.mine:
            return await self.creates()
        id, was = self.chance.choice(list(self.mine.items()))
        stale = was > 1 and self.chance.random() < 0.2
        said = await self.rename(id, was - 1 if stale else was)
        if said and said.error:
            must(stale, f"user {id} is at version {was}, and a change of that version was refused: {said.error}")
        elif said:
            must(not stale, f"user {id} was at version {was}, and a change of version {was - 1} was made")
            self.users.changed(said.value["user"], was)
            self.mine[id] = said.value["user"]["version"]
        else:
            await self.finds_out(id, was)
        return said

    async def finds_out(self, id, was):
        """A failed change may still have been made, or be made once when PostgreSQL thaws. The user is then no longer used."""
        del self.mine[id]
        said = await self.caller.ask("get_user", {"user_id": id})
        if said:
            user = said.value["user"]
            self.users.read(user, was)
            must(user["version"] <= was + 1, f"user {id} went from version {was} to {user['version']}")

    async def changes_shared(self):
        id = self.chance.choice(self.shared)
        least = self.users.acknowledged[id]
        read = await self.caller.ask("get_user", {"user_id": id})
        if read:
            user = read.value["user"]
            self.users.read(user, least)
            said = await self.rename(id, user["version"])
            if said and not said.error:
                self.users.changed(said.value["user"], user["version"])
            return said
        return None

    async def rename(self, id, version):
        name = f"user {next(names)}"
        self.users.sent[id].add(name)
        return await self.caller.ask("update_user", {"user_id": id, "name": name, "version": version}, ["CONFLICT"])

-- What a careless owner made: ways to a function of his that no statement names. Each statement ends with ;;
CREATE SCHEMA s;;
CREATE TABLE plain (id int PRIMARY KEY, note text, total numeric, tags text[], at timestamptz, doc jsonb);;
INSERT INTO plain VALUES (1, 'a', 1, '{a}', now(), '{}');;

-- an operator with the name of a star
CREATE FUNCTION star_of(plain, plain) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';;
CREATE OPERATOR public.* (FUNCTION = star_of, LEFTARG = plain, RIGHTARG = plain);;
CREATE TABLE starry ("all" plain, b plain);;

-- casts
CREATE TYPE mood AS ENUM ('good', 'bad');;
CREATE FUNCTION json_of(mood) RETURNS json LANGUAGE sql STABLE AS $$SELECT '"x"'::json$$;;
CREATE CAST (mood AS json) WITH FUNCTION json_of(mood);;
CREATE TABLE diary (id int, mood mood);;
CREATE TYPE shade AS ENUM ('dark', 'light');;
CREATE FUNCTION text_of(shade) RETURNS text LANGUAGE sql STABLE AS $$SELECT 'x'::text$$;;
CREATE CAST (shade AS text) WITH FUNCTION text_of(shade);;
CREATE TABLE wall (id int, shade shade);;
CREATE TYPE grade AS ENUM ('1', '2');;
CREATE FUNCTION int_of(grade) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';;
CREATE CAST (grade AS int) WITH FUNCTION int_of(grade);;
CREATE TABLE exam (id int, grade grade);;

-- domains that no statement names
CREATE FUNCTION is_short(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length($1) < 9';;
CREATE DOMAIN short AS text CHECK (is_short(VALUE));;
CREATE TABLE words (id int, word short);;
CREATE TABLE lists (id int, words short[]);;
CREATE TYPE pair AS (a int, word short);;
CREATE TABLE pairs (id int, pair pair);;
CREATE VIEW of_json AS SELECT r.a FROM json_to_record('{"a":"b"}') AS r(a short);;
CREATE VIEW over_json AS SELECT count(*) FROM of_json;;
CREATE DOMAIN nested AS pair CHECK ((VALUE).a > 0);;
CREATE TABLE nests (id int, nest nested);;

-- operators and operator classes of types
CREATE TYPE box2 AS (x int, y int);;
CREATE FUNCTION box2_eq(box2, box2) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';;
CREATE OPERATOR = (FUNCTION = box2_eq, LEFTARG = box2, RIGHTARG = box2);;
CREATE TABLE boxes (id int, box box2);;
CREATE TYPE rank2 AS ENUM ('a', 'b');;
CREATE FUNCTION rank2_cmp(rank2, rank2) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 0; END';;
CREATE FUNCTION rank2_lt(rank2, rank2) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN false; END';;
CREATE OPERATOR <<< (FUNCTION = rank2_lt, LEFTARG = rank2, RIGHTARG = rank2);;
CREATE OPERATOR CLASS rank2_ops DEFAULT FOR TYPE rank2 USING btree AS OPERATOR 1 <<<, FUNCTION 1 rank2_cmp(rank2, rank2);;
CREATE TABLE ranks (id int, rank rank2);;
CREATE TABLE rank_lists (id int, ranks rank2[]);;
CREATE FUNCTION marks_eq(rank2[], rank2[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';;
CREATE OPERATOR = (FUNCTION = marks_eq, LEFTARG = rank2[], RIGHTARG = rank2[]);;
CREATE TYPE rank_span AS RANGE (subtype = rank2);;
CREATE TABLE spans (id int, span rank_span);;
CREATE FUNCTION far(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';;
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = far);;
CREATE TABLE measures (id int, span span);;

-- a cast from a type of the system that happens by itself, as extensions for geometry have it
CREATE TYPE spot AS ENUM ('a', 'b');;
CREATE FUNCTION spot_of(text) RETURNS spot LANGUAGE sql IMMUTABLE AS $$SELECT 'a'::public.spot$$;;
CREATE CAST (text AS spot) WITH FUNCTION spot_of(text) AS IMPLICIT;;
CREATE FUNCTION spots_meet(spot, spot) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';;
CREATE OPERATOR -|- (FUNCTION = spots_meet, LEFTARG = spot, RIGHTARG = spot);;
CREATE OPERATOR = (FUNCTION = spots_meet, LEFTARG = spot, RIGHTARG = spot);;
CREATE TABLE spots (id int, spot spot);;

-- expressions of tables
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';;
CREATE TABLE indexed (id int, note text);;
CREATE INDEX ON indexed (folded(note));;
CREATE TABLE part_indexed (id int, note text);;
CREATE INDEX ON part_indexed (id) WHERE folded(note) = 'x';;
CREATE TABLE checked (id int CHECK (folded('x') = 'x'));;
CREATE TABLE counted (id int, note text);;
CREATE STATISTICS counted_stats ON (folded(note)) FROM counted;;
CREATE TABLE generated (id int, note text, low text GENERATED ALWAYS AS (folded(note)) STORED);;
CREATE TABLE parted (id int, note text) PARTITION BY LIST (folded(note));;
CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN ('a');;
CREATE TABLE parent (id int, note text);;
CREATE TABLE child (CHECK (folded(note) = 'x')) INHERITS (parent);;
CREATE VIEW over_parent AS SELECT id FROM parent;;
CREATE TABLE exclusive (id int, note text, EXCLUDE USING hash (folded(note) WITH =));;
CREATE TABLE written (id int, note text DEFAULT folded('x'));;
CREATE MATERIALIZED VIEW kept_short AS SELECT 'x'::short AS word;;

-- estimators, commutators, negators
CREATE FUNCTION like2(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';;
CREATE OPERATOR === (FUNCTION = pg_catalog.texteq, LEFTARG = text, RIGHTARG = text);;
CREATE OPERATOR !== (FUNCTION = like2, LEFTARG = text, RIGHTARG = text, NEGATOR = ===);;

-- rows as arguments
CREATE FUNCTION total(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1';;
CREATE FUNCTION status(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';;
CREATE FUNCTION of_row(plain) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.note';;
CREATE FUNCTION of_any(anyelement) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'x'::text$$;;
CREATE FUNCTION of_record(record) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN 'x'; END$$;;
CREATE FUNCTION of_int(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';;
CREATE FUNCTION of_date(date) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';;
CREATE DOMAIN row_domain AS plain CHECK (is_short((VALUE).note));;

-- what is harmless
CREATE TYPE state AS ENUM ('open', 'paid');;
CREATE FUNCTION of_state(state) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);;
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$' AND lower(VALUE) = VALUE);;
CREATE TYPE address AS (street text, zip varchar(9));;
CREATE TYPE price_span AS RANGE (subtype = numeric, subtype_diff = pg_catalog.numrange_subdiff);;
CREATE EXTENSION citext;;
CREATE EXTENSION hstore;;
CREATE EXTENSION ltree;;
CREATE EXTENSION pg_trgm;;
CREATE EXTENSION btree_gist;;
CREATE EXTENSION btree_gin;;
CREATE TABLE shop (
  id serial PRIMARY KEY, uid uuid DEFAULT gen_random_uuid() UNIQUE, state state NOT NULL DEFAULT 'open',
  amount positive, mail email, name citext UNIQUE, tags hstore, path ltree, home address, homes address[],
  total numeric(10, 2) CHECK (total >= 0), price price_span, note varchar(99),
  low text GENERATED ALWAYS AS (lower(note)) STORED, during tstzrange,
  EXCLUDE USING gist (id WITH =, during WITH &&));;
CREATE INDEX ON shop (lower(note));;
CREATE INDEX ON shop USING gin (note gin_trgm_ops);;
CREATE INDEX ON shop USING gist (path);;
CREATE INDEX ON shop USING gin (tags);;
CREATE INDEX ON shop USING gin (id, note);;
CREATE INDEX ON shop (id) WHERE state = 'open';;
CREATE STATISTICS shop_stats ON (upper(note)), id FROM shop;;
CREATE TABLE events (id bigint, at date NOT NULL, note text) PARTITION BY RANGE (at);;
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');;
CREATE TABLE buckets (id int, note text) PARTITION BY HASH (lower(note));;
CREATE TABLE buckets_0 PARTITION OF buckets FOR VALUES WITH (MODULUS 1, REMAINDER 0);;
CREATE VIEW shop_view AS SELECT state, lower(name::text) AS name, sum(total) AS total FROM shop GROUP BY 1, 2;;
CREATE MATERIALIZED VIEW napped AS SELECT id, pg_sleep(0)::text AS nap, of_int(id) AS other FROM plain;;

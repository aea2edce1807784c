CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL) WITH (autovacuum_enabled = off); -- it would be an effect
INSERT INTO item VALUES (1, 'one'), (2, 'two');
CREATE SEQUENCE numbers;
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS many FROM item;

-- readable by everybody, and never to be heard of in an error
CREATE TABLE note (id int, word text);
INSERT INTO note VALUES (1, 'hunter2');

-- readable by their owner alone
CREATE TABLE vault (word text);
INSERT INTO vault VALUES ('hunter2');
REVOKE ALL ON vault FROM reader;
CREATE SCHEMA store;
CREATE TABLE store.users (word text);
INSERT INTO store.users VALUES ('hunter2');

-- ways to change something, each by a name that anybody may call
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM item';
CREATE PROCEDURE leave() LANGUAGE plpgsql AS
  $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM item; END $$;

-- ways to a function that nobody sees being called
CREATE FUNCTION owner_word() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT word FROM public.vault';
CREATE FUNCTION planned_word() RETURNS text LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER AS
  'BEGIN RETURN (SELECT word FROM public.vault); END';
CREATE FUNCTION lower(int) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT word FROM public.vault';
CREATE FUNCTION word_of(item) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT word FROM public.vault';
CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT word FROM public.vault';
CREATE OPERATOR <+> (FUNCTION = joined, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION locks(text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN pg_try_advisory_lock(41); END';
CREATE DOMAIN checked AS text CHECK (locks(VALUE));
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE FUNCTION mood_of(text) RETURNS mood LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_try_advisory_lock(42); RETURN 'good'; END $$;
CREATE CAST (text AS mood) WITH FUNCTION mood_of(text);
CREATE VIEW locking AS SELECT pg_try_advisory_lock(43) AS got;
CREATE VIEW over_locking AS SELECT got FROM locking;
CREATE VIEW hashes AS SELECT rolname, rolpassword FROM pg_authid;
CREATE AGGREGATE worded(text) (SFUNC = joined, STYPE = text, INITCOND = '');
REVOKE EXECUTE ON FUNCTION owner_word(), planned_word(), lower(int), word_of(item), joined(text, text) FROM PUBLIC;
CREATE EXTENSION dblink;
CREATE EXTENSION tablefunc;

-- what the session keeps, told by whatever session asks
CREATE FUNCTION canary_session() RETURNS TABLE (fact text) LANGUAGE sql STABLE AS $$
  SELECT 'setting ' || name || ' is ' || coalesce(setting, 'null') FROM pg_settings
   WHERE name NOT IN ('statement_timeout', 'transaction_isolation', 'transaction_read_only', 'transaction_deferrable')
     AND context NOT IN ('internal', 'postmaster', 'sighup') -- which no session can change
     AND name NOT LIKE 'plpgsql.%' -- which are there from the first function in that language on
  UNION ALL SELECT 'roles are ' || current_user || ', ' || session_user
  UNION ALL SELECT 'prepared is ' || name FROM pg_prepared_statements WHERE name NOT LIKE 'S\_%'
  UNION ALL SELECT 'cursor is ' || name FROM pg_cursors WHERE is_holdable
  UNION ALL SELECT 'lock is ' || objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
  UNION ALL SELECT 'channel is ' || c FROM pg_listening_channels() c
  UNION ALL SELECT 'temporary is ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
$$;

-- ways to a function that no statement names
CREATE FUNCTION trap(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN pg_try_advisory_lock($1) IS NOT NULL; END';
CREATE TABLE pair (id int, word text);
INSERT INTO pair VALUES (1, 'a'), (2, 'b');
CREATE FUNCTION trap_star(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.trap(60)';
CREATE OPERATOR public.* (FUNCTION = trap_star, LEFTARG = pair, RIGHTARG = pair);
CREATE TABLE starry ("all" pair, b pair);
INSERT INTO starry VALUES (ROW(1, 'a'), ROW(2, 'b'));
CREATE TYPE tone AS ENUM ('low', 'high');
CREATE FUNCTION tone_json(tone) RETURNS json LANGUAGE sql STABLE AS $$SELECT to_json(public.trap(61))$$;
CREATE CAST (tone AS json) WITH FUNCTION tone_json(tone);
CREATE FUNCTION tone_text(tone) RETURNS text LANGUAGE sql STABLE AS $$SELECT public.trap(62)::text$$;
CREATE CAST (tone AS text) WITH FUNCTION tone_text(tone);
CREATE FUNCTION tone_int(tone) RETURNS int LANGUAGE sql STABLE AS $$SELECT public.trap(63)::int$$;
CREATE CAST (tone AS int) WITH FUNCTION tone_int(tone);
CREATE TABLE song (id int, tone tone);
INSERT INTO song VALUES (1, 'low'), (2, 'high');
CREATE FUNCTION trap_short(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.trap(64)';
CREATE DOMAIN tag AS text CHECK (trap_short(VALUE));
CREATE TABLE tagged (id int, tag tag, tags tag[]);
INSERT INTO tagged VALUES (1, 'a', '{a}');
CREATE TYPE label AS (a int, tag tag);
CREATE TABLE labels (id int, label label);
INSERT INTO labels VALUES (1, '(1,a)');
CREATE VIEW of_json AS SELECT r.tag FROM json_to_record('{"tag":"b"}') AS r(tag tag);
CREATE TYPE spot AS (x int, y int);
CREATE FUNCTION spot_eq(spot, spot) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.trap(65)';
CREATE OPERATOR = (FUNCTION = spot_eq, LEFTARG = spot, RIGHTARG = spot);
CREATE TABLE spots (id int, spot spot);
INSERT INTO spots VALUES (1, '(1,2)');
CREATE TYPE level AS ENUM ('a', 'b');
CREATE FUNCTION level_lt(level, level) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN NOT public.trap(66); END';
CREATE FUNCTION level_cmp(level, level) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.trap(67)::int - 1; END';
CREATE OPERATOR <<< (FUNCTION = level_lt, LEFTARG = level, RIGHTARG = level);
CREATE OPERATOR <<== (FUNCTION = level_lt, LEFTARG = level, RIGHTARG = level);
CREATE OPERATOR ===== (FUNCTION = level_lt, LEFTARG = level, RIGHTARG = level);
CREATE OPERATOR >>== (FUNCTION = level_lt, LEFTARG = level, RIGHTARG = level);
CREATE OPERATOR >>> (FUNCTION = level_lt, LEFTARG = level, RIGHTARG = level);
CREATE OPERATOR CLASS level_ops DEFAULT FOR TYPE level USING btree AS OPERATOR 1 <<<, OPERATOR 2 <<==, OPERATOR 3 =====, OPERATOR 4 >>==, OPERATOR 5 >>>, FUNCTION 1 level_cmp(level, level);
CREATE TABLE levels (id int, level level);
INSERT INTO levels VALUES (1, 'a'), (2, 'b');
CREATE TYPE level_span AS RANGE (subtype = level);
CREATE TABLE level_spans (id int, span level_span);
INSERT INTO level_spans VALUES (1, '[a,b]'), (2, '[b,b]');
CREATE FUNCTION trap_note(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_try_advisory_lock(68); RETURN $1; END';
CREATE TABLE indexed (id int, note text);
CREATE INDEX ON indexed ((trap_note('x')));
CREATE TABLE checking (id int CHECK (trap_note('x') = 'x' OR id > 0));
CREATE TABLE counting (id int, note text);
CREATE STATISTICS counting_stats ON (trap_note('x') || note) FROM counting;
CREATE TABLE parting (id int, note text) PARTITION BY LIST (trap_note(note));
CREATE TABLE parting_a PARTITION OF parting FOR VALUES IN ('a');
CREATE FUNCTION trap_row(pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.trap(69)';
CREATE FUNCTION trap_int(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.trap(70)';
CREATE DOMAIN pair_domain AS pair CHECK (trap_short((VALUE).word));

CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL);
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

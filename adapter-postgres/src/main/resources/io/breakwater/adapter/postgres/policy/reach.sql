-- Returns the objects that the names of a statement reach. Objects with an OID below 16384 came with the server; every
-- object that was created later has a higher one. For a stored expression, pg_depend records only objects with a higher
-- OID. So where an author can have stored a call of a system function that acts (views, CHECK of domains), the query
-- searches the expression itself.
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT ?::name[] AS calls, ?::name[] AS fields, ?::name[] AS attributes, ?::name[] AS operators,
    ?::name[] AS types, ?::name[] AS relations, ?::name[] AS denied, ?::boolean AS assigns

-- The tables and views of the names, the relations that these views read, and the tables that inherit from these
-- tables. The query of a materialized view does not run. A system view may read denied tables, because it hides their
-- secrets; but pg_roles and pg_user show the settings of all roles, which can contain credentials.
), relation (oid, origin, inside) AS (
  SELECT c.oid, c.oid, false
  FROM pg_catalog.pg_class c
  WHERE c.relname = ANY ((SELECT relations FROM asked)::name[]) AND c.relkind NOT IN ('i', 'I', 'c')
  UNION
  SELECT next.oid, relation.origin, relation.oid < 16384::pg_catalog.oid
    AND relation.oid <> ALL ('{pg_catalog.pg_roles,pg_catalog.pg_user}'::pg_catalog.regclass[])
  FROM relation CROSS JOIN LATERAL (
    SELECT m[1]::pg_catalog.oid
    FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_class v ON v.oid = w.ev_class AND v.relkind <> 'm'
    CROSS JOIN LATERAL pg_catalog.regexp_matches(w.ev_action::pg_catalog.text, ':relid ([1-9][0-9]*)', 'g') m
    WHERE w.ev_class = relation.oid AND (w.ev_type = '1' OR (SELECT assigns FROM asked))
    UNION ALL
    SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = relation.oid
  ) next (oid)
), tables (oids) AS MATERIALIZED (
  SELECT ARRAY(SELECT oid FROM relation WHERE oid >= 16384::pg_catalog.oid)
), rule AS MATERIALIZED (
  SELECT relation.origin, w.oid AS rule, w.ev_action
  FROM ROWS FROM (pg_catalog.unnest(ARRAY(SELECT oid FROM relation)),
    pg_catalog.unnest(ARRAY(SELECT origin FROM relation))) AS relation (oid, origin)
  JOIN pg_catalog.pg_class v ON v.oid = relation.oid AND v.relkind <> 'm'
  JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid AND (w.ev_type = '1' OR (SELECT assigns FROM asked))
), rule_call AS MATERIALIZED (
  SELECT rule.origin, m[1] AS field, m[2]::pg_catalog.oid AS oid
  FROM rule CROSS JOIN LATERAL pg_catalog.regexp_matches(rule.ev_action::pg_catalog.text,
    ':(funcid|aggfnoid|winfnoid|opno|resulttype) ([1-9][0-9]*)', 'g') m

-- The expressions that are stored with a relation and that the planner folds, matches or evaluates.
), stored (by, relation, classid, objid) AS (
  SELECT 'view', rule.origin, 'pg_catalog.pg_rewrite'::pg_catalog.regclass, rule.rule FROM rule
  UNION SELECT 'table', i.indrelid, 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid
  FROM pg_catalog.pg_index i WHERE i.indrelid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[])
  UNION SELECT 'table', p.partrelid, 'pg_catalog.pg_class'::pg_catalog.regclass, p.partrelid
  FROM pg_catalog.pg_partitioned_table p
  WHERE p.partrelid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[]) OR p.partrelid = ANY (ARRAY(
    SELECT a.relid FROM pg_catalog.unnest((SELECT oids FROM tables)) t (oid)
    CROSS JOIN LATERAL pg_catalog.pg_partition_ancestors(t.oid) a (relid)))
  UNION SELECT 'table', k.conrelid, 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid
  FROM pg_catalog.pg_constraint k
  WHERE k.conrelid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[]) AND k.contype = 'c'
  UNION SELECT 'table', d.adrelid, 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid
  FROM pg_catalog.pg_attrdef d
  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  WHERE d.adrelid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[])
    AND (a.attgenerated <> '' OR (SELECT assigns FROM asked))
  UNION SELECT 'table', s.stxrelid, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid
  FROM pg_catalog.pg_statistic_ext s WHERE s.stxrelid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[])
), used AS MATERIALIZED (
  SELECT stored.by, stored.relation, d.refclassid, d.refobjid
  FROM stored JOIN pg_catalog.pg_depend d ON d.classid = stored.classid AND d.objid = stored.objid
  WHERE d.refobjid >= 16384::pg_catalog.oid

-- The functions that the statement can call by a name. When t is a relation, t.f calls f with a row of t.
), called AS MATERIALIZED (
  SELECT p.oid, p.prosupport, p.prorettype, coalesce(p.proallargtypes, p.proargtypes::pg_catalog.oid[]) AS arguments
  FROM pg_catalog.pg_proc p
  WHERE p.proname = ANY ((SELECT calls || fields || attributes FROM asked)::name[])
    AND p.prorettype <> ALL ('{trigger,event_trigger,tsm_handler}'::pg_catalog.regtype[])
    AND (p.proname = ANY ((SELECT calls FROM asked)::name[])
      OR p.pronargs >= 1 AND (p.pronargs - p.pronargdefaults <= 1 OR p.provariadic <> 0::pg_catalog.oid)
        AND (p.proname = ANY ((SELECT fields FROM asked)::name[]) OR EXISTS (
          SELECT FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
          WHERE t.oid IN (p.proargtypes[0], p.provariadic)
            AND (t.typtype IN ('c', 'p') OR base.typtype IN ('c', 'd') OR EXISTS (
              SELECT FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_type s ON s.oid = k.castsource
              WHERE k.casttarget = t.oid AND s.typtype IN ('c', 'p'))))))

-- The types that a value in the statement can have, and their component types. The column named marks the types to
-- which it can convert with an explicit cast. A value gets an array type, a multirange type or the target of an
-- implicit cast without a name in the statement.
), seed (oid, named) AS MATERIALIZED (
  SELECT t.oid, true FROM pg_catalog.pg_type t WHERE t.typname = ANY ((SELECT types FROM asked)::name[])
  UNION SELECT t.oid, true FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
  WHERE t.typname = ANY ((SELECT attributes FROM asked)::name[]) AND (base.typtype IN ('c', 'd') OR EXISTS (
    SELECT FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_type s ON s.oid = k.castsource
    WHERE k.casttarget = t.oid AND s.typtype IN ('c', 'p')))
  UNION SELECT rule_call.oid, true FROM rule_call WHERE rule_call.field = 'resulttype'
  UNION SELECT used.refobjid, true FROM used WHERE used.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
  UNION SELECT c.reltype, false FROM pg_catalog.pg_class c
  WHERE c.oid = ANY ((SELECT oids FROM tables)::pg_catalog.oid[]) AND c.reltype <> 0::pg_catalog.oid
  UNION SELECT t.oid, false FROM called CROSS JOIN LATERAL pg_catalog.unnest(called.prorettype || called.arguments) t (oid)
  WHERE called.oid >= 16384::pg_catalog.oid AND t.oid >= 16384::pg_catalog.oid
  UNION SELECT t.oid, false FROM pg_catalog.pg_operator o
  CROSS JOIN LATERAL (VALUES (o.oprleft), (o.oprright), (o.oprresult)) t (oid)
  WHERE o.oprname = ANY ((SELECT operators FROM asked)::name[]) AND o.oid >= 16384::pg_catalog.oid AND t.oid >= 16384::pg_catalog.oid
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_operator other
      WHERE other.oprname = o.oprname AND other.oid < 16384::pg_catalog.oid)
), present (oid, named) AS (
  -- this condition is always true: without it the planner expects enough rows to use JIT compilation
  SELECT seed.oid, seed.named
  FROM ROWS FROM (pg_catalog.unnest(ARRAY(SELECT oid FROM seed)), pg_catalog.unnest(ARRAY(SELECT named FROM seed)))
    AS seed (oid, named)
  WHERE seed.oid BETWEEN 1::pg_catalog.oid AND 4294967295::pg_catalog.oid
  UNION
  SELECT part.oid, present.named
  FROM present JOIN pg_catalog.pg_type t ON t.oid = present.oid
  CROSS JOIN LATERAL (
    SELECT t.typbasetype
    UNION ALL SELECT t.typelem
    UNION ALL SELECT t.typarray WHERE t.oid >= 16384::pg_catalog.oid
    UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
    UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
    UNION ALL SELECT r.rngmultitypid FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
    UNION ALL SELECT r.rngtypid FROM pg_catalog.pg_range r WHERE r.rngmultitypid = t.oid
    UNION ALL SELECT c.reltype FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class c ON c.oid = h.inhparent
    WHERE h.inhrelid = t.typrelid
    UNION ALL SELECT k.casttarget FROM pg_catalog.pg_cast k
    WHERE k.castsource = t.oid AND t.oid >= 16384::pg_catalog.oid AND k.casttarget >= 16384::pg_catalog.oid
      AND k.castcontext = 'i'
    UNION ALL SELECT d.refobjid FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
      AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
    WHERE k.conrelid = 0::pg_catalog.oid AND k.contypid = t.oid
  ) part (oid)
  WHERE part.oid >= 16384::pg_catalog.oid OR present.named AND part.oid <> 0::pg_catalog.oid
), types (oids, named) AS MATERIALIZED (
  SELECT ARRAY(SELECT oid FROM present), ARRAY(SELECT oid FROM present WHERE named)
), type AS MATERIALIZED (
  SELECT t.oid, pg_catalog.format('%s.%s', n.nspname, t.typname) AS name, t.typinput, t.typoutput, t.typreceive, t.typsend,
    t.typmodin, t.typmodout, t.typsubscript, r.rngcanonical, r.rngsubdiff, r.rngsubopc
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
  WHERE t.oid >= 16384::pg_catalog.oid AND t.oid = ANY ((SELECT oids FROM types)::pg_catalog.oid[])
), domain_check AS MATERIALIZED (
  SELECT type.name, k.oid, k.conbin FROM type JOIN pg_catalog.pg_constraint k ON k.conrelid = 0::pg_catalog.oid AND k.contypid = type.oid

-- The operator classes: those of these types for sorting and hashing, and those of an index, a partition key or a
-- range.
), class (through, family) AS (
  SELECT pg_catalog.format('%s.%s', n.nspname, c.opcname), c.opcfamily
  FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
  JOIN pg_catalog.pg_am am ON am.oid = c.opcmethod
  WHERE c.oid >= 16384::pg_catalog.oid AND (
    am.amname IN ('btree', 'hash')
      AND (c.opcintype < 16384::pg_catalog.oid AND c.opcdefault
        OR c.opcintype >= 16384::pg_catalog.oid AND c.opcintype = ANY ((SELECT oids FROM types)::pg_catalog.oid[]))
    OR c.oid = ANY (ARRAY(SELECT refobjid FROM used WHERE refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass))
    OR c.oid = ANY (ARRAY(SELECT rngsubopc FROM type WHERE rngsubopc IS NOT NULL)))
  UNION SELECT pg_catalog.format('%s.%s', n.nspname, f.opfname), f.oid
  FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  WHERE f.oid = ANY (ARRAY(SELECT refobjid FROM used WHERE refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass))

-- An operator counts if it accepts a type that is in the statement or a system type. The server chooses an operator
-- between other types only for two constants of unknown type, if the system has no operator of that name or the type is
-- like text; or for a system type with an implicit cast to the other type and no operator of that name. The server may
-- use the commutator or the negator of an operator instead, and its planner calls estimators.
), operator (by, through, oid) AS (
  SELECT 'operator', pg_catalog.format('%s.%s', n.nspname, o.oprname), o.oid
  FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
  WHERE o.oprname = ANY ((SELECT operators FROM asked)::name[])
    AND (o.oid < 16384::pg_catalog.oid AND o.oprname <> ALL ('{=,<>,<,<=,>,>=}'::name[])
    OR o.oid >= 16384::pg_catalog.oid AND (
      EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.oid IN (o.oprleft, o.oprright)
        AND (t.oid < 16384::pg_catalog.oid OR t.oid = ANY ((SELECT oids FROM types)::pg_catalog.oid[])
          OR t.typispreferred OR t.typcategory = 'S' AND o.oprname <> ALL ('{=,<>,<,<=,>,>=}'::name[])))
      OR EXISTS (SELECT FROM pg_catalog.pg_cast k
        WHERE k.oid >= 16384::pg_catalog.oid AND k.castsource < 16384::pg_catalog.oid AND k.castcontext = 'i'
          AND k.casttarget IN (o.oprleft, o.oprright) AND NOT EXISTS (SELECT FROM pg_catalog.pg_operator other
            WHERE other.oprname = o.oprname AND other.oid < 16384::pg_catalog.oid
              AND k.castsource IN (other.oprleft, other.oprright)))
      OR NOT EXISTS (SELECT FROM pg_catalog.pg_operator other
        WHERE other.oprname = o.oprname AND other.oid < 16384::pg_catalog.oid)))
  UNION SELECT 'class', class.through, m.amopopr FROM class JOIN pg_catalog.pg_amop m ON m.amopfamily = class.family
  UNION SELECT used.by, pg_catalog.format('%s.%s', n.nspname, c.relname), used.refobjid
  FROM used JOIN pg_catalog.pg_class c ON c.oid = used.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE used.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
), reached (by, through, oid) AS (
  SELECT 'call', '', called.oid FROM called
  UNION SELECT 'call', '', called.prosupport FROM called WHERE called.prosupport >= 16384::pg_catalog.oid
  UNION SELECT 'view', pg_catalog.format('%s.%s', n.nspname, c.relname), coalesce(o.oprcode, rule_call.oid)
  FROM rule_call JOIN pg_catalog.pg_class c ON c.oid = rule_call.origin
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_operator o ON rule_call.field = 'opno' AND o.oid = rule_call.oid
  WHERE rule_call.field <> 'resulttype'
  UNION SELECT used.by, pg_catalog.format('%s.%s', n.nspname, c.relname), used.refobjid
  FROM used JOIN pg_catalog.pg_class c ON c.oid = used.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE used.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
  UNION SELECT operator.by, operator.through, f.oid
  FROM operator JOIN pg_catalog.pg_operator o ON o.oid = operator.oid
  JOIN pg_catalog.pg_operator other ON other.oid = ANY (CASE WHEN o.oid >= 16384::pg_catalog.oid
    THEN ARRAY[o.oid, o.oprcom, o.oprnegate] ELSE ARRAY[o.oid] END)
  CROSS JOIN LATERAL (VALUES (other.oprcode), (other.oprrest), (other.oprjoin)) f (oid)
  WHERE f.oid = other.oprcode OR f.oid >= 16384::pg_catalog.oid
  UNION SELECT 'class', class.through, m.amproc FROM class JOIN pg_catalog.pg_amproc m ON m.amprocfamily = class.family
  UNION SELECT 'domain', k.name, coalesce(o.oprcode, m[2]::pg_catalog.oid)
  FROM domain_check k CROSS JOIN LATERAL pg_catalog.regexp_matches(k.conbin::pg_catalog.text,
    ':(funcid|opno) ([1-9][0-9]*)', 'g') m
  LEFT JOIN pg_catalog.pg_operator o ON m[1] = 'opno' AND o.oid = m[2]::pg_catalog.oid
  UNION SELECT 'domain', k.name, coalesce(o.oprcode, d.refobjid)
  FROM domain_check k JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
    AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
  LEFT JOIN pg_catalog.pg_operator o
    ON d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND o.oid = d.refobjid
  UNION SELECT 'type', type.name, f.oid
  FROM type CROSS JOIN LATERAL (VALUES (type.typinput), (type.typoutput), (type.typreceive), (type.typsend),
    (type.typmodin), (type.typmodout), (type.typsubscript), (type.rngcanonical), (type.rngsubdiff)) f (oid)
  WHERE f.oid >= 16384::pg_catalog.oid
  UNION SELECT 'type', type.name, d.refobjid
  FROM type JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = type.oid
    AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
  WHERE (SELECT assigns FROM asked)
  UNION SELECT 'cast', pg_catalog.format('%s to %s', pg_catalog.format_type(k.castsource, NULL),
    pg_catalog.format_type(k.casttarget, NULL)), k.castfunc
  FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_type t ON t.oid = k.casttarget
  WHERE k.oid >= 16384::pg_catalog.oid AND k.castfunc <> 0::pg_catalog.oid
    AND (k.castsource < 16384::pg_catalog.oid OR k.castsource = ANY ((SELECT oids FROM types)::pg_catalog.oid[]))
    AND (k.casttarget < 16384::pg_catalog.oid OR k.casttarget = ANY ((SELECT oids FROM types)::pg_catalog.oid[]))
    AND (k.castcontext = 'i' OR k.castcontext = 'a' AND (SELECT assigns FROM asked)
      OR t.typname = ANY ((SELECT types FROM asked)::name[])
      -- to_json and similar functions convert to json, and the system's functions in SQL (quote_literal, ||) to text,
      -- regardless of the context of the cast
      OR k.castsource >= 16384::pg_catalog.oid AND k.casttarget = ANY ('{json,jsonb,text}'::pg_catalog.regtype[])
      OR k.casttarget = ANY ((SELECT named FROM types)::pg_catalog.oid[]))
)
SELECT reached.by, reached.through, n.nspname, p.proname, p.oid < 16384::pg_catalog.oid AS system,
  p.provolatile = 'v' AS unstable, p.prosecdef, e.extname,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 / 10000 AS version
FROM ROWS FROM (pg_catalog.unnest(ARRAY(SELECT by FROM reached)), pg_catalog.unnest(ARRAY(SELECT through FROM reached)),
  pg_catalog.unnest(ARRAY(SELECT oid FROM reached))) AS reached (by, through, oid)
JOIN pg_catalog.pg_proc p ON p.oid = reached.oid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
  AND d.deptype = 'e' AND p.oid >= 16384::pg_catalog.oid
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
-- CREATE TYPE ... AS RANGE creates constructors that are code of the system
WHERE p.oid < 16384::pg_catalog.oid OR p.prosecdef OR p.prolang <> 12::pg_catalog.oid
  OR p.prosrc NOT IN ('range_constructor2', 'range_constructor3',
    'multirange_constructor0', 'multirange_constructor1', 'multirange_constructor2')
UNION ALL
SELECT DISTINCT 'relation', pg_catalog.format('%s.%s', v.nspname, origin.relname), n.nspname, c.relname, true, false, false,
  NULL, 0
FROM ROWS FROM (pg_catalog.unnest(ARRAY(SELECT oid FROM relation WHERE NOT inside)),
  pg_catalog.unnest(ARRAY(SELECT origin FROM relation WHERE NOT inside))) AS relation (oid, origin)
JOIN pg_catalog.pg_class c ON c.oid = relation.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class origin ON origin.oid = relation.origin
JOIN pg_catalog.pg_namespace v ON v.oid = origin.relnamespace
WHERE (c.relname = ANY ((SELECT denied FROM asked)::name[]) AND c.oid < 16384::pg_catalog.oid
  OR c.relkind = 't' AND EXISTS (SELECT FROM pg_catalog.pg_class owner WHERE owner.reltoastrelid = c.oid
    AND owner.relname = ANY ((SELECT denied FROM asked)::name[]) AND owner.oid < 16384::pg_catalog.oid))
ORDER BY 1, 2, 3, 4

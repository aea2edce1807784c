package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.policy.FunctionPolicy.Question;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks the catalogue what names reach. One query:
 *
 * <ul>
 *   <li>{@code relation}: the tables and views of the names, and from each view on what it reads (but the system's
 *       own views may read tables that are denied: they hide what is not for everybody). The catalogue records no
 *       dependencies on the system's own objects, so the stored form of a view's query is searched for their numbers.
 *   <li>{@code present}: the types that values in the statement can have beside the system's: those it names, those of the
 *       relations' columns, and what they are made of; {@code named} are those that it can convert to.
 *   <li>The functions called: by a name; by an operator; by a view; by the check of a named domain; by a cast between
 *       present types that can happen without being written, or whose target is named.
 * </ul>
 *
 * <p>Operators of comparison stand in nearly every statement, so those between types that are not present do not count:
 * the server would not choose them.
 */
final class CatalogLookup {
    /** The numbers below are the system's own objects; every object made later has a higher one. */
    private static final String QUERY = """
            WITH RECURSIVE asked AS MATERIALIZED (
              SELECT ?::name[] AS calls, ?::name[] AS attributes, ?::name[] AS operators, ?::name[] AS types,
                ?::name[] AS relations, ?::name[] AS denied, ?::boolean AS assigns
            ), relation (oid, origin, inside) AS (
              SELECT c.oid, c.oid, false FROM asked JOIN pg_catalog.pg_class c ON c.relname = ANY (asked.relations)
              WHERE c.relkind NOT IN ('i', 'I', 'c')
              UNION
              SELECT m[1]::pg_catalog.oid, relation.origin, relation.oid < 16384::pg_catalog.oid FROM relation
              JOIN pg_catalog.pg_rewrite w ON w.ev_class = relation.oid AND w.ev_type = '1'
              CROSS JOIN LATERAL pg_catalog.regexp_matches(w.ev_action::pg_catalog.text, ':relid ([1-9][0-9]*)', 'g') m
            ), rule AS MATERIALIZED (
              SELECT source.origin, m[1] AS field, m[2]::pg_catalog.oid AS oid
              FROM ROWS FROM (pg_catalog.unnest(ARRAY(SELECT oid FROM relation)),
                pg_catalog.unnest(ARRAY(SELECT origin FROM relation))) AS source (oid, origin)
              JOIN pg_catalog.pg_rewrite w ON w.ev_class = source.oid AND w.ev_type = '1'
              CROSS JOIN LATERAL pg_catalog.regexp_matches(w.ev_action::pg_catalog.text,
                ':(funcid|aggfnoid|winfnoid|opno|resulttype) ([1-9][0-9]*)', 'g') m
            ), called AS (
              SELECT p.oid, p.prorettype FROM asked JOIN pg_catalog.pg_proc p
                ON p.proname = ANY (asked.calls) OR p.proname = ANY (asked.attributes) AND p.pronargs >= 1
                  AND (p.pronargs - p.pronargdefaults <= 1 OR p.provariadic <> 0::pg_catalog.oid)
              WHERE p.prorettype <> ALL ('{trigger,event_trigger,language_handler,fdw_handler,index_am_handler,
                  table_am_handler,tsm_handler,internal}'::pg_catalog.regtype[])
            ), present (oid, named) AS (
              SELECT t.oid, true FROM asked JOIN pg_catalog.pg_type t ON t.typname = ANY (asked.types)
              UNION SELECT rule.oid, true FROM rule WHERE rule.field = 'resulttype'
              UNION SELECT c.reltype, false FROM pg_catalog.pg_class c WHERE c.oid = ANY (ARRAY(SELECT oid FROM relation))
              UNION SELECT called.prorettype, false FROM called WHERE called.prorettype >= 16384::pg_catalog.oid
              UNION SELECT part.oid, present.named FROM present
                JOIN pg_catalog.pg_type t ON t.oid = present.oid AND t.oid >= 16384::pg_catalog.oid
                CROSS JOIN LATERAL (
                  SELECT t.typbasetype UNION ALL SELECT t.typelem
                  UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = t.typrelid AND a.attnum > 0
                  UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
                ) part (oid) WHERE part.oid <> 0::pg_catalog.oid
            ), reached (by, through, oid) AS (
              SELECT 'call', '', called.oid FROM called
              UNION SELECT 'view', pg_catalog.format('%s.%s', n.nspname, c.relname), coalesce(o.oprcode, rule.oid)
              FROM rule JOIN pg_catalog.pg_class c ON c.oid = rule.origin
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_operator o ON rule.field = 'opno' AND o.oid = rule.oid
              WHERE rule.field <> 'resulttype'
              UNION SELECT 'operator', pg_catalog.format('%s.%s', n.nspname, o.oprname), o.oprcode
              FROM asked JOIN pg_catalog.pg_operator o ON o.oprname = ANY (asked.operators)
              JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
              WHERE o.oid >= 16384::pg_catalog.oid AND (o.oprname NOT IN ('=', '<>', '<', '<=', '>', '>=')
                OR o.oprleft < 16384::pg_catalog.oid OR o.oprright < 16384::pg_catalog.oid
                OR o.oprleft = ANY (ARRAY(SELECT oid FROM present)) OR o.oprright = ANY (ARRAY(SELECT oid FROM present)))
              UNION SELECT 'domain', pg_catalog.format('%s.%s', n.nspname, t.typname), coalesce(o.oprcode, m[2]::pg_catalog.oid)
              FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
              CROSS JOIN LATERAL pg_catalog.regexp_matches(k.conbin::pg_catalog.text,
                ':(funcid|opno) ([1-9][0-9]*)', 'g') m
              LEFT JOIN pg_catalog.pg_operator o ON m[1] = 'opno' AND o.oid = m[2]::pg_catalog.oid
              WHERE k.contypid = ANY (ARRAY(SELECT oid FROM present WHERE named))
              UNION SELECT 'cast', pg_catalog.format('%s to %s', pg_catalog.format_type(k.castsource, NULL),
                pg_catalog.format_type(k.casttarget, NULL)), k.castfunc
              FROM asked CROSS JOIN pg_catalog.pg_cast k JOIN pg_catalog.pg_type t ON t.oid = k.casttarget
              WHERE k.oid >= 16384::pg_catalog.oid AND k.castfunc <> 0::pg_catalog.oid
                AND (k.castsource < 16384::pg_catalog.oid OR k.castsource = ANY (ARRAY(SELECT oid FROM present)))
                AND (k.casttarget < 16384::pg_catalog.oid OR k.casttarget = ANY (ARRAY(SELECT oid FROM present)))
                AND (k.castcontext = 'i' OR k.castcontext = 'a' AND asked.assigns OR t.typname = ANY (asked.types)
                  OR k.casttarget = ANY (ARRAY(SELECT oid FROM present WHERE named)))
            )
            SELECT reached.by, reached.through, n.nspname, p.proname, p.oid < 16384::pg_catalog.oid AS system,
              p.provolatile = 'v' AS unstable, p.prosecdef, e.extname
            FROM reached JOIN pg_catalog.pg_proc p ON p.oid = reached.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
              AND d.deptype = 'e' AND p.oid >= 16384::pg_catalog.oid
            LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            UNION ALL
            SELECT DISTINCT 'relation', pg_catalog.format('%s.%s', v.nspname, origin.relname), n.nspname, c.relname, true, false, false, NULL
            FROM asked CROSS JOIN relation JOIN pg_catalog.pg_class c ON c.oid = relation.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class origin ON origin.oid = relation.origin
            JOIN pg_catalog.pg_namespace v ON v.oid = origin.relnamespace
            WHERE c.relname = ANY (asked.denied) AND c.oid < 16384::pg_catalog.oid AND NOT relation.inside
            ORDER BY 1, 2, 3, 4
            """;

    private CatalogLookup() {}

    static List<Reached> reached(Question question, Connection connection) throws SQLException {
        var names = question.names();
        try (var query = connection.prepareStatement(QUERY)) {
            setNames(query, 1, names.calls());
            setNames(query, 2, names.attributes());
            setNames(query, 3, names.operators());
            setNames(query, 4, names.types());
            setNames(query, 5, names.relations());
            setNames(query, 6, Relations.DENIED);
            query.setBoolean(7, question.assigns());
            return rows(query);
        }
    }

    private static void setNames(PreparedStatement query, int place, Set<String> names) throws SQLException {
        Array array = query.getConnection().createArrayOf("name", names.toArray());
        query.setArray(place, array);
    }

    private static List<Reached> rows(PreparedStatement query) throws SQLException {
        var reached = new ArrayList<Reached>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                reached.add(new Reached(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getString(8)));
            }
        }
        return reached;
    }
}

package io.breakwater.adapter.postgres.role;

import io.breakwater.port.driven.SqlGateway.AccessMode;

/** Queries about the role of a connection. Most return the rest of a sentence that begins with "The role". */
final class RoleQueries {
    static final String SUPERUSER = "is a superuser";

    static final String ATTRIBUTES = """
            SELECT x.excess
              FROM pg_catalog.pg_roles r,
                   LATERAL (VALUES (r.rolsuper, '%1$s'),
                                   (r.rolbypassrls, 'may bypass row security (BYPASSRLS)'),
                                   (r.rolcreaterole, 'may create roles (CREATEROLE)'),
                                   (r.rolcreatedb, 'may create databases (CREATEDB)'),
                                   (r.rolreplication, 'may replicate (REPLICATION)')) AS x(has, excess)
             WHERE r.rolname = current_user AND x.has AND (x.excess = '%1$s' OR NOT r.rolsuper)
            """.formatted(SUPERUSER);

    static final String MEMBERSHIPS = """
            SELECT 'is a member of ' || r.rolname
              FROM pg_catalog.pg_roles r
             WHERE r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
                                 'pg_signal_backend', 'pg_write_all_data', 'pg_maintain', 'pg_checkpoint',
                                 'pg_create_subscription', 'pg_signal_autovacuum_worker')
               AND pg_catalog.pg_has_role(r.oid, 'MEMBER')
             ORDER BY 1
            """;

    private static final String WRITES = """
            SELECT 'may ' || w.word || ' ' || min(w.name) ||
                   CASE WHEN count(*) > 1 THEN ' and ' || count(*) - 1 || ' more tables' ELSE '' END
              FROM (SELECT p.word, c.oid::pg_catalog.regclass::text AS name
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
                           LATERAL (VALUES (%s)) AS p(word, privilege)
                     WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname <> 'information_schema'
                       AND n.nspname !~ '^pg_' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                       AND CASE WHEN p.privilege IN ('INSERT', 'UPDATE')
                                THEN pg_catalog.has_any_column_privilege(c.oid, p.privilege)
                                ELSE pg_catalog.has_table_privilege(c.oid, p.privilege) END) w
             GROUP BY w.word ORDER BY w.word
            """;

    static final String CREATES = """
            SELECT 'may create in the schema ' || n.nspname
              FROM pg_catalog.pg_namespace n
             WHERE n.nspname !~ '^pg_' AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
            UNION ALL
            SELECT 'may create schemas in the database'
             WHERE pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
            UNION ALL
            SELECT 'may create temporary tables in the database'
             WHERE pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')
            """;

    /** The functions with their arguments, in the syntax of GRANT. */
    static final String DEFINER_FUNCTIONS = """
            SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
                                     pg_catalog.pg_get_function_identity_arguments(p.oid))
              FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
             WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
             ORDER BY 1
            """;

    static final String SEES_SCHEMA = """
            SELECT 1 FROM pg_catalog.pg_namespace n
             WHERE n.nspname = ? AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
            """;

    /** The schemas, quoted, in the syntax of GRANT. */
    static final String SCHEMAS = """
            SELECT pg_catalog.quote_ident(n.nspname)
              FROM pg_catalog.pg_namespace n
             WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
             ORDER BY 1
            """;

    static final String DATABASE = "SELECT pg_catalog.quote_ident(pg_catalog.current_database())";

    private RoleQueries() {}

    /** Returns the query for write privileges that the mode does not need. */
    static String writes(AccessMode mode) {
        return mode == AccessMode.READ_ONLY
                ? WRITES.formatted("'insert into', 'INSERT'), ('update', 'UPDATE'), ('delete from', 'DELETE'),"
                        + " ('truncate', 'TRUNCATE'")
                : WRITES.formatted("'truncate', 'TRUNCATE'");
    }
}

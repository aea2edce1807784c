package io.breakwater.adapter.postgres.policy;

import java.util.Collection;
import java.util.Set;

/**
 * The functions that are allowed besides the system's harmless ones: those of the operator, and those of extensions.
 */
final class AllowedFunctions {
    /**
     * Extensions that come with PostgreSQL and whose functions, except the volatile ones, only compute from their
     * arguments.
     */
    private static final Set<String> EXTENSIONS = Set.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "earthdistance",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "seg",
            "unaccent",
            "uuid-ossp");

    private final Set<String> entries;

    AllowedFunctions(Collection<String> entries) {
        this.entries = Set.copyOf(entries);
    }

    /** Whether the function is allowed by its own name. */
    boolean isAllowedByName(ReachedObject function) {
        return entries.contains(function.qualified())
                || (function.by().equals("operator") && entries.contains(function.through()));
    }

    /** Whether the function is allowed with all functions of its schema or extension. */
    boolean isAllowedWithGroup(ReachedObject function) {
        return entries.contains(function.schema() + ".*")
                || (function.extension() != null
                        && (EXTENSIONS.contains(function.extension())
                                || entries.contains("extension:" + function.extension())));
    }
}

package io.breakwater.adapter.postgres.policy;

import java.util.Collection;
import java.util.Set;

/** What the operator allows beside the system's harmless functions, and what we do for everybody. */
final class AllowedFunctions {
    /**
     * Extensions that come with PostgreSQL and whose functions, but for the volatile ones, compute from what they are
     * given.
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

    /** Whether it is allowed by its own name. */
    boolean byName(ReachedObject function) {
        return entries.contains(function.qualified())
                || (function.by().equals("operator") && entries.contains(function.through()));
    }

    /** Whether it is allowed with all of its schema or extension. */
    boolean withOthers(ReachedObject function) {
        return entries.contains(function.schema() + ".*")
                || (function.extension() != null
                        && (EXTENSIONS.contains(function.extension())
                                || entries.contains("extension:" + function.extension())));
    }
}

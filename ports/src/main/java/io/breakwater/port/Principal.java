package io.breakwater.port;

/**
 * On whose behalf a call is made. Sessions, tasks, sealed state and cache partitions are bound to {@link #id()}.
 *
 * @param id unique over all tenants, and stable over the renewal of credentials; never shown to other principals
 * @param tenant to whom the principal belongs; empty where there are no tenants
 */
public record Principal(String id, String tenant) {

    /** Whoever reaches a server that asks nobody for a name. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    /** Where there are no tenants. */
    public Principal(String id) {
        this(id, "");
    }

    /** Refuses an empty id. */
    public Principal {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a principal needs an id");
        }
    }
}

package io.breakwater.core.business.access;

/**
 * On whose behalf a call is made. Sessions, tasks, sealed state and cache partitions are bound to {@link #id()}.
 *
 * @param id stable over the renewal of credentials; never shown to other principals
 */
public record Principal(String id) {

    /** Whoever reaches a server that asks nobody for a name. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    /** Refuses an empty id. */
    public Principal {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a principal needs an id");
        }
    }
}

package io.breakwater.port;

/**
 * The identity on whose behalf a call is made. Sessions, tasks, sealed state and cache partitions are bound to {@link
 * #id()}.
 *
 * @param id the id, which is unique over all tenants, does not change when credentials are renewed, and is never shown
 *     to other principals
 * @param tenant the tenant of the principal; empty if there are no tenants
 */
public record Principal(String id, String tenant) {

    /** All callers of a server without authentication. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    /** Creates a principal without a tenant. */
    public Principal(String id) {
        this(id, "");
    }

    /** Refuses an empty id. */
    public Principal {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The id of a principal must not be empty.");
        }
    }
}

package io.breakwater.port;

import java.util.Objects;

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

    /** Refuses null and an empty id. */
    public Principal {
        Objects.requireNonNull(id, "Principal.id must not be null.");
        Objects.requireNonNull(tenant, "Principal.tenant must not be null.");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The id of a principal must not be empty.");
        }
    }
}

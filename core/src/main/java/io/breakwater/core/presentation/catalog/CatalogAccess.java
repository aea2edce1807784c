package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.access.AccessControl;
import io.breakwater.core.business.access.RefusedAccesses;
import io.breakwater.port.Principal;

/**
 * The catalog of a server, and who may see and use what is in it.
 *
 * @param registry the catalog
 * @param control the access control
 * @param refused the last refused accesses
 */
public record CatalogAccess(Registry registry, AccessControl control, RefusedAccesses refused) {

    /** Returns the current catalog as this caller sees it. */
    public CatalogView view(Principal principal) {
        return new CatalogView(registry.snapshot(), this, principal);
    }
}

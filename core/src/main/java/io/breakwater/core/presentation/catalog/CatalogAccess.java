package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.authorization.RefusedAccesses;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;

/**
 * The catalog of a server, and who may see and use what is in it.
 *
 * @param registry the catalog
 * @param control the access control
 * @param refused the last refused accesses
 * @param later the decisions that the server makes during calls
 */
public record CatalogAccess(Registry registry, AccessControl control, RefusedAccesses refused, LaterDecisions later) {

    /** Creates the access without decisions during calls. */
    public CatalogAccess(Registry registry, AccessControl control, RefusedAccesses refused) {
        this(registry, control, refused, new LaterDecisions());
    }

    /** Returns the current catalog as this caller sees it. */
    public CatalogView view(Principal principal) {
        return new CatalogView(registry.snapshot(), this, principal);
    }

    /** Returns true if the list that this caller sees may have changed. */
    public boolean isVisible(CatalogChange change, Principal principal) {
        var items = change.items();
        return items == null || items.stream().anyMatch(item -> isListed(item, principal));
    }

    private boolean isListed(CatalogChange.Item item, Principal principal) {
        return !control.isRestricted(item.requirements())
                || control.isListed(new AccessRequest(principal, item.kind(), item.name(), item.requirements(), null));
    }
}

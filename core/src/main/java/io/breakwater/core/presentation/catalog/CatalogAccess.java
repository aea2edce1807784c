package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.authorization.RefusedAccesses;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import java.util.Set;

/**
 * The catalog of a server, and who may see and use what is in it.
 *
 * @param registry the catalog
 * @param control the access control
 * @param refused the last refused accesses
 * @param later the decisions that the server makes during calls
 * @param publicTools if not empty, the only tools that callers without a credential may use
 */
public record CatalogAccess(
        Registry registry,
        AccessControl control,
        RefusedAccesses refused,
        LaterDecisions later,
        Set<String> publicTools) {

    /** Copies the names. */
    public CatalogAccess {
        publicTools = Set.copyOf(publicTools);
    }

    /** Creates the access without decisions during calls, and without a restriction of anonymous callers. */
    public CatalogAccess(Registry registry, AccessControl control, RefusedAccesses refused) {
        this(registry, control, refused, Set.of());
    }

    /** Creates the access without decisions during calls. */
    public CatalogAccess(Registry registry, AccessControl control, RefusedAccesses refused, Set<String> publicTools) {
        this(registry, control, refused, new LaterDecisions(), publicTools);
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

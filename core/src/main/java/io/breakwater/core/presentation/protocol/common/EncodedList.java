package io.breakwater.core.presentation.protocol.common;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One list of a catalog. If it depends on the caller, callers that see the same items share the encoded pages, of which
 * a limited number of bytes is stored.
 */
final class EncodedList {
    private static final int MAX_CALLERS = 4_096;
    static final long MAX_BYTES = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 64);

    private final TargetKind kind;
    private final String member;
    private final AccessControl control;
    private final ListFormat format;
    private final List<Item> items = new ArrayList<>();
    private boolean hasRequirements;
    private @Nullable ListPages all;
    private volatile OwnPages own;

    EncodedList(TargetKind kind, String member, AccessControl control, ListFormat format) {
        this.kind = kind;
        this.member = member;
        this.control = control;
        this.format = format;
        this.own = new OwnPages(control.version());
    }

    private record Item(String name, AccessRequirements requirements, Json.Obj json) {}

    void add(String name, AccessRequirements requirements, Json.Obj json) {
        items.add(new Item(name, requirements, json));
        hasRequirements |= !requirements.isEmpty();
    }

    /** Encodes the whole list, to which nothing is added from now on. */
    EncodedList complete() {
        all = encode(items, format.shared());
        return this;
    }

    /** Returns the pages that this caller sees. */
    ListPages pages(Principal caller) {
        var whole = all;
        return whole != null && !hasRequirements && control.isOpen() ? whole : ownPages(caller);
    }

    private ListPages ownPages(Principal caller) {
        var pages = own;
        long version = control.version();
        if (pages.version != version) {
            pages = new OwnPages(version);
            own = pages;
        }
        var visible = control.isStable()
                ? pages.visible.get(caller.fingerprint(), fingerprint -> visibleItems(caller))
                : visibleItems(caller);
        return pages.encoded.get(visible, this::encode);
    }

    /** Returns the number of bytes of the stored pages, for tests. */
    long storedBytes() {
        return own.encoded.weight();
    }

    private BitSet visibleItems(Principal caller) {
        var visible = new BitSet(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var request = new AccessRequest(caller, kind, item.name, item.requirements, null);
            visible.set(i, control.isListed(request));
        }
        return visible;
    }

    private ListPages encode(BitSet visible) {
        return encode(visible.stream().mapToObj(items::get).toList(), format.own());
    }

    private ListPages encode(List<Item> listed, Json.Obj members) {
        return new ListPages(member, listed.stream().map(Item::json).toList(), format.pageSize(), members);
    }

    /** What callers see under one version of the access rules. */
    private static final class OwnPages {
        private final long version;
        private final BoundedCache<String, BitSet> visible = new BoundedCache<>(MAX_CALLERS, items -> 1);
        private final BoundedCache<BitSet, ListPages> encoded = new BoundedCache<>(MAX_BYTES, ListPages::bytes);

        OwnPages(long version) {
            this.version = version;
        }
    }
}

package io.breakwater.core.presentation.catalog;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.McpException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list in pages, each encoded once, so that a response only copies bytes. A cursor is opaque to clients and valid for
 * this list alone: it contains a position and a digest of the whole list, so that a cursor from before a change is
 * refused instead of skipping items.
 */
public final class ListPages {
    private final List<byte[]> pages = new ArrayList<>();
    private final List<String> cursors = new ArrayList<>(); // of every page except the first

    /**
     * Splits the list into pages and encodes them.
     *
     * @param member the name of the member with the items, for example {@code tools}
     * @param items the whole list
     * @param size the number of items on a page
     * @param otherMembers further members of every page; may be empty
     */
    public ListPages(String member, List<Json.Obj> items, int size, Json.Obj otherMembers) {
        int digest = Arrays.hashCode(JsonWriter.bytes(new Json.Arr(List.copyOf(items))));
        int from = 0;
        do {
            int to = Math.min(items.size(), from + size);
            String next = to < items.size() ? cursor(member, to, digest) : null;
            pages.add(page(member, items.subList(from, to), next, otherMembers));
            if (next != null) {
                cursors.add(next);
            }
            from = to;
        } while (from < items.size());
    }

    /**
     * Returns the result object of the page at this cursor; of the first page if the cursor is null.
     *
     * @throws McpException if the cursor does not belong to this list
     */
    public Json.Raw page(@Nullable String cursor) {
        if (cursor == null) {
            return new Json.Raw(pages.getFirst());
        }
        int index = cursors.indexOf(cursor);
        if (index < 0) {
            throw McpException.invalidParams(
                    "Unknown cursor. The list may have changed; request it again without a cursor.");
        }
        return new Json.Raw(pages.get(index + 1));
    }

    /** Returns the number of bytes of all pages. */
    public int bytes() {
        return pages.stream().mapToInt(page -> page.length).sum();
    }

    private static byte[] page(String member, List<Json.Obj> items, @Nullable String next, Json.Obj otherMembers) {
        var page = Json.object().put(member, new Json.Arr(List.copyOf(items))).putIfPresent("nextCursor", next);
        otherMembers.members().forEach(page::put);
        return JsonWriter.bytes(page.build());
    }

    private static String cursor(String member, int offset, int digest) {
        var text = member + ":" + offset + ":" + Integer.toHexString(digest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

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
 * A list cut into pages, each encoded once: answering a request copies bytes. The cursor is opaque to clients and valid
 * for this very list; it names a place in it and a digest of the whole, so that one from before a change is refused
 * instead of skipping items.
 */
public final class ListPages {
    private final List<byte[]> pages = new ArrayList<>();
    private final List<String> cursors = new ArrayList<>(); // of every page but the first

    /**
     * Cuts and encodes.
     *
     * @param member the member that holds the items: {@code tools}
     * @param items the whole list
     * @param size items on a page
     * @param rest further members of every page; may be empty
     */
    public ListPages(String member, List<Json.Obj> items, int size, Json.Obj rest) {
        int digest = Arrays.hashCode(JsonWriter.bytes(new Json.Arr(List.copyOf(items))));
        int from = 0;
        do {
            int to = Math.min(items.size(), from + size);
            String next = to < items.size() ? cursor(member, to, digest) : null;
            pages.add(page(member, items.subList(from, to), next, rest));
            if (next != null) {
                cursors.add(next);
            }
            from = to;
        } while (from < items.size());
    }

    /**
     * The result object of the page behind that cursor, or of the first.
     *
     * @throws McpException when the cursor is not one of this list
     */
    public Json.Raw page(@Nullable String cursor) {
        if (cursor == null) {
            return new Json.Raw(pages.getFirst());
        }
        int index = cursors.indexOf(cursor);
        if (index < 0) {
            throw McpException.invalidParams(
                    "Unknown cursor: begin the list again without one (it may have changed meanwhile).");
        }
        return new Json.Raw(pages.get(index + 1));
    }

    private static byte[] page(String member, List<Json.Obj> items, @Nullable String next, Json.Obj rest) {
        var page = Json.object().put(member, new Json.Arr(List.copyOf(items))).putIfPresent("nextCursor", next);
        rest.members().forEach(page::put);
        return JsonWriter.bytes(page.build());
    }

    private static String cursor(String member, int offset, int digest) {
        var text = member + ":" + offset + ":" + Integer.toHexString(digest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

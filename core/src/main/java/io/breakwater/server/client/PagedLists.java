package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.McpException;
import java.util.ArrayList;
import java.util.List;

/** Reads the lists of a server over all their pages. */
final class PagedLists {
    private static final int MAX_PAGES = 1_000;

    private final McpClient client;

    PagedLists(McpClient client) {
        this.client = client;
    }

    /**
     * Returns the items of a list.
     *
     * @param method the method that returns one page
     * @param member the member of a page that has the items
     */
    List<Json.Obj> list(String method, String member) {
        var all = new ArrayList<Json.Obj>();
        Json cursor = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var result = client.request(
                    method, Json.object().putIfPresent("cursor", cursor).build());
            if (result.get(member) instanceof Json.Arr(var items)) {
                items.stream()
                        .filter(Json.Obj.class::isInstance)
                        .map(Json.Obj.class::cast)
                        .forEach(all::add);
            }
            cursor = result.get("nextCursor");
            if (cursor == null) {
                return all;
            }
        }
        throw new PortException.RefusedException(
                "The server's list has more than " + MAX_PAGES + " pages: " + method, null);
    }

    /** Returns the items of a list, or an empty list if the server does not have the method, because it has no items. */
    List<Json.Obj> listIfOffered(String method, String member) {
        try {
            return list(method, member);
        } catch (PortException.ProtocolErrorException error) {
            if (error.code() == McpException.METHOD_NOT_FOUND) {
                return List.of();
            }
            throw error;
        }
    }
}

package io.breakwater.core.presentation.protocol.common;

import static io.breakwater.port.Principal.ANONYMOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.authorization.RefusedAccesses;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.settings.AccessRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists are cut and encoded once for each change of the catalogue. */
class CatalogListsTest {
    private final Registry registry = new Registry();
    private final CatalogAccess catalog =
            new CatalogAccess(registry, new AccessControl(AccessRules.NONE, null, fault -> {}), new RefusedAccesses());

    private CatalogLists lists(int pageSize) {
        var members = QuotedJson.json("{'ttlMs':60}");
        return new CatalogLists(catalog, new ListFormat(pageSize, false, members, members));
    }

    private void add(String... names) {
        for (var name : names) {
            registry.addTools(List.of(SampleTools.saying(name, call -> "")));
        }
    }

    private static Json.Obj page(ListPages pages, @Nullable String cursor) {
        return (Json.Obj) ParsedJson.read(pages.page(cursor).utf8()).json();
    }

    private static List<String> names(Json.Obj page) {
        var names = new ArrayList<String>();
        QuotedJson.items(page, "tools").forEach(tool -> names.add(String.valueOf(((Json.Obj) tool).text("name"))));
        return names;
    }

    @Test
    void sendsTheSameBytesUntilTheCatalogChanges() {
        add("one");
        var lists = lists(10);
        byte[] before = lists.tools(ANONYMOUS).page(null).utf8();
        assertThat(lists.tools(ANONYMOUS).page(null).utf8()).isSameAs(before);

        add("two");
        byte[] after = lists.tools(ANONYMOUS).page(null).utf8();
        assertThat(after).isNotSameAs(before);
        assertThat(lists.tools(ANONYMOUS).page(null).utf8()).isSameAs(after);
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfRegistration() {
        add("c", "a", "b", "e", "d");
        var pages = lists(2).tools(ANONYMOUS);
        var first = page(pages, null);
        var second = page(pages, first.text("nextCursor"));
        var third = page(pages, second.text("nextCursor"));

        assertThat(names(first)).containsExactly("c", "a");
        assertThat(names(second)).containsExactly("b", "e");
        assertThat(names(third)).containsExactly("d");
        assertThat(third.has("nextCursor")).isFalse();
        assertThat(List.of(first, second, third))
                .allSatisfy(page -> assertThat(page.get("ttlMs")).isEqualTo(Json.of(60)));
    }

    @Test
    void aFullLastPageHasNoNext() {
        add("a", "b", "c", "d");
        var pages = lists(2).tools(ANONYMOUS);

        assertThat(page(pages, page(pages, null).text("nextCursor")).has("nextCursor"))
                .isFalse();
    }

    @Test
    void anEmptyListIsOnePage() {
        assertThat(page(lists(2).tools(ANONYMOUS), null)).isEqualTo(QuotedJson.json("{'tools':[],'ttlMs':60}"));
        assertThat(page(lists(2).prompts(ANONYMOUS), null).has("prompts")).isTrue();
        assertThat(page(lists(2).resources(ANONYMOUS), null).has("resources")).isTrue();
        assertThat(page(lists(2).templates(ANONYMOUS), null).has("resourceTemplates"))
                .isTrue();
    }

    @Test
    void aCursorOfAnotherListOrTimeIsRefused() {
        add("a", "b", "c");
        var lists = lists(2);
        var cursor = page(lists.tools(ANONYMOUS), null).text("nextCursor");
        assertThat(cursor).isNotBlank();

        refused(lists.prompts(ANONYMOUS), cursor);
        refused(lists.tools(ANONYMOUS), "");
        refused(lists.tools(ANONYMOUS), cursor + "x");
        add("d");
        refused(lists.tools(ANONYMOUS), cursor);
    }

    private static void refused(ListPages pages, @Nullable String cursor) {
        assertThatThrownBy(() -> pages.page(cursor))
                .isInstanceOfSatisfying(
                        McpException.class, error -> assertThat(error.code()).isEqualTo(McpException.INVALID_PARAMS));
    }
}

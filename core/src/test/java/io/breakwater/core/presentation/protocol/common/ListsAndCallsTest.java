package io.breakwater.core.presentation.protocol.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.authorization.RandomAccess;
import io.breakwater.core.business.authorization.RefusedAccesses;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lists that a server sends and the calls that it accepts agree, for random rules and callers. */
class ListsAndCallsTest {
    private static final int RUNS = 10_000;
    private static final List<String> TOOLS = List.of("a", "ab", "abc", "b", "bc", "abcd");
    private static final List<String> PROMPTS = List.of("a", "ab", "abc", "b");
    private static final List<String> RESOURCES = List.of("order://1", "order://a/lines", "order://b", "other://x");
    private static final List<String> TEMPLATES = List.of("order://{n}/lines", "other://{n}");
    private static final ListFormat FORMAT = new ListFormat(3, false, Json.Obj.EMPTY, Json.Obj.EMPTY);

    private final RandomAccess random = new RandomAccess();
    private final AccessControl control = new AccessControl(AccessRules.NONE, null, fault -> {});
    private int listed;
    private int unlisted;

    /** A catalog whose definitions have random requirements. */
    private CatalogAccess catalog() {
        var registry = new Registry();
        for (var name : TOOLS) {
            var needs = random.requirements();
            registry.addTools(List.of(SampleTools.draft(name)
                    .requiresRole(needs.roles().toArray(String[]::new))
                    .requiresScope(needs.scopes().toArray(String[]::new))
                    .handler((arguments, call) -> ToolResult.text(""))));
        }
        for (var name : PROMPTS) {
            var needs = random.requirements();
            registry.add(Prompt.named(name)
                    .description("Prompts.")
                    .requiresRole(needs.roles().toArray(String[]::new))
                    .requiresScope(needs.scopes().toArray(String[]::new))
                    .handler((arguments, call) -> List.of()));
        }
        for (var uri : RESOURCES) {
            var needs = random.requirements();
            registry.add(Resource.of(uri)
                    .requiresRole(needs.roles().toArray(String[]::new))
                    .requiresScope(needs.scopes().toArray(String[]::new))
                    .text(() -> ""));
        }
        for (var uri : TEMPLATES) {
            var needs = random.requirements();
            registry.add(ResourceTemplate.of(uri)
                    .requiresRole(needs.roles().toArray(String[]::new))
                    .requiresScope(needs.scopes().toArray(String[]::new))
                    .reader((read, variables, call) -> List.of()));
        }
        return new CatalogAccess(registry, control, new RefusedAccesses());
    }

    /** The names on all pages. */
    private static Set<String> names(ListPages pages, String member, String name) {
        var names = new HashSet<String>();
        String cursor = null;
        do {
            var page = (Json.Obj) ParsedJson.read(pages.page(cursor).utf8()).json();
            names.addAll(QuotedJson.items(page, member).stream()
                    .map(item -> String.valueOf(((Json.Obj) item).text(name)))
                    .collect(Collectors.toSet()));
            cursor = page.text("nextCursor");
        } while (cursor != null);
        return names;
    }

    @Test
    void agreeForRandomRules() {
        for (int i = 0; i < RUNS / 100; i++) {
            long seed = System.nanoTime() + i;
            random.seed(seed);
            var catalog = catalog();
            var lists = new CatalogLists(catalog, FORMAT);
            for (int j = 0; j < 100; j++) {
                control.replaceRules(random.rules());
                check(lists, catalog, random.principal(), "seed " + seed + ", run " + j);
            }
        }
        assertThat(listed).isGreaterThan(RUNS); // the samples have both
        assertThat(unlisted).isGreaterThan(RUNS);
    }

    private void check(CatalogLists lists, CatalogAccess catalog, Principal caller, String sample) {
        var view = catalog.view(caller);
        for (int again = 0; again < 2; again++) { // the second time from what is stored
            var arguments = random.arguments();
            compare(
                    TOOLS,
                    names(lists.tools(caller), "tools", "name"),
                    sample,
                    name -> view.tool(name, () -> ParsedJson.of(arguments)).decision());
            compare(
                    PROMPTS,
                    names(lists.prompts(caller), "prompts", "name"),
                    sample,
                    name -> view.prompt(name, () -> arguments).decision());
            compare(
                    RESOURCES,
                    names(lists.resources(caller), "resources", "uri"),
                    sample,
                    uri -> view.resource(uri).decision());
            checkTemplates(names(lists.templates(caller), "resourceTemplates", "uriTemplate"), view, sample);
        }
    }

    private void compare(
            List<String> all, Set<String> visible, String sample, Function<String, AccessDecision> decision) {
        for (var name : all) {
            boolean isListed = visible.contains(name);
            boolean isDenied = decision.apply(name) instanceof AccessDecision.Denied;
            if (!isListed || !random.hasConditions()) {
                assertThat(isDenied).as(sample + ": " + name).isEqualTo(!isListed);
            }
            listed += isListed ? 1 : 0;
            unlisted += isListed ? 0 : 1;
        }
    }

    private static void checkTemplates(Set<String> visible, CatalogView view, String sample) {
        for (var template : TEMPLATES) {
            for (var value : visible.contains(template) ? List.<String>of() : List.of("c", "1", "abc", "%61")) {
                assertThat(view.resource(template.replace("{n}", value)).decision())
                        .as(sample + ": " + template + " " + value)
                        .isInstanceOf(AccessDecision.Denied.class);
            }
        }
    }
}

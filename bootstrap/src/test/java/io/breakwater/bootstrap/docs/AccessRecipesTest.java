package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes of {@code docs/access.md} decide as the page says. */
class AccessRecipesTest {
    private static final Pattern RECIPE = Pattern.compile("### ([^\\n]+)\\n[^#]*?```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final List<String> TOOLS = List.of(
            "execute_query",
            "list_tables",
            "get_table_schema",
            "get_data_cached",
            "save_data",
            "list_users",
            "create_user",
            "find_order",
            "delete_order");
    private static final Map<String, Principal> CALLERS = Map.of(
            "ann", Principal.of("ann"),
            "analyst", Principal.of("ann").withRoles(Set.of("analyst")),
            "editor", Principal.of("ann").withRoles(Set.of("editor")),
            "admin", Principal.of("ann").withRoles(Set.of("admin")),
            "acme", Principal.of("ann").withTenant("acme"),
            "deleter", Principal.of("ann").withScopes(Set.of("orders:delete")),
            "owner", Principal.of("ann").withScopes(Set.of("orders")),
            "viaClient", Principal.of("ann").viaClient("desktop"),
            "program", Principal.of("api-key", "agent").asClient());

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> recipes() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "access.md"));
        return RECIPE.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private Breakwater server(String recipe) throws IOException {
        Files.writeString(
                folder.resolve("breakwater.yaml"), String.valueOf(recipes().get(recipe)));
        var rules = Configuration.load(new ConfigurationSources(null, Map.of(), List.of(), folder))
                .settings()
                .access();
        assertThat(rules.rules()).isNotEmpty();
        var builder = Breakwater.named("recipes").accessRules(rules);
        TOOLS.forEach(name -> builder.tool(
                Tool.named(name).description("A tool.").handler((arguments, call) -> ToolResult.text("done"))));
        return builder.resource(ResourceTemplate.of("data://{id}")
                        .reader((uri, variables, call) ->
                                List.of(new ResourceContents.Text(uri, "text/plain", "document"))))
                .build();
    }

    private static String decision(Breakwater server, Principal caller, String name, Json.Obj arguments) {
        var kind = name.startsWith("data:") ? TargetKind.RESOURCE : TargetKind.TOOL;
        var explanation = server.explainAccess(caller, kind, name, arguments);
        return switch (explanation.decision()) {
            case AccessDecision.Allowed allowed -> "allowed";
            case AccessDecision.Denied denied -> "denied";
            case AccessDecision.ScopesRequired(var rule, var scopes) -> String.join(" ", scopes);
        };
    }

    @Test
    void thePageHasFiveRecipes() throws IOException {
        assertThat(recipes()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Analysts read | analyst | execute_query | {} | allowed",
                "Analysts read | analyst | data://acme-1 | {} | allowed",
                "Analysts read | analyst | save_data     | {} | denied",
                "Analysts read | ann     | execute_query | {} | denied",
                "Analysts read | ann     | data://acme-1 | {} | denied",
                "Writers by role | ann    | get_data_cached | {} | allowed",
                "Writers by role | ann    | save_data       | {} | denied",
                "Writers by role | editor | save_data       | {} | allowed",
                "Writers by role | editor | create_user     | {} | denied",
                "Writers by role | admin  | create_user     | {} | allowed",
                "Each tenant has its own documents | acme | save_data       | {\"data_id\": \"acme-1\"}   | allowed",
                "Each tenant has its own documents | acme | save_data       | {\"data_id\": \"globex-1\"} | denied",
                "Each tenant has its own documents | acme | get_data_cached | {}                          | denied",
                "Each tenant has its own documents | acme | get_data_cached | {\"data_id\": [\"acme-1\"]} | denied",
                "Each tenant has its own documents | acme | data://acme-1   | {}                          | allowed",
                "Each tenant has its own documents | acme | data://globex-1 | {}                          | denied",
                "Each tenant has its own documents | ann  | save_data       | {\"data_id\": \"acme-1\"}   | denied",
                "A further scope for deletions | ann     | find_order   | {} | allowed",
                "A further scope for deletions | ann     | delete_order | {} | orders:delete",
                "A further scope for deletions | deleter | delete_order | {} | allowed",
                "A further scope for deletions | owner   | delete_order | {} | allowed",
                "A further scope for deletions | owner   | save_data    | {} | denied",
                "Programs have a list of tools | ann       | save_data     | {} | allowed",
                "Programs have a list of tools | viaClient | save_data     | {} | allowed",
                "Programs have a list of tools | program   | list_tables   | {} | allowed",
                "Programs have a list of tools | program   | save_data     | {} | denied",
                "Programs have a list of tools | program   | data://acme-1 | {} | denied",
                "Programs have a list of tools | program   | execute_query | {\"query\": \"select 1\"} | allowed",
                "Programs have a list of tools | program   | execute_query | {\"query\": \"LONG\"}     | denied"
            })
    void aRecipeDecides(String recipe, String caller, String name, String arguments, String expected)
            throws IOException {
        var given = (Json.Obj) Json.parse(arguments.replace("LONG", "x".repeat(1_001)));
        try (var server = server(recipe)) {
            assertThat(decision(server, CALLERS.getOrDefault(caller, Principal.ANONYMOUS), name, given))
                    .isEqualTo(expected);
        }
    }
}

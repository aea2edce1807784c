package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.database.DatabaseSettings;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Resource;
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
    private static final String ISSUER = "https://login.example.com/realms/main";
    private static final List<String> TOOLS = List.of(
            "execute_query",
            "list_tables",
            "get_table_schema",
            "get_data_cached",
            "save_data",
            "list_users",
            "get_user",
            "create_user",
            "update_user",
            "get_metrics");
    private static final Map<String, Principal> CALLERS = Map.ofEntries(
            Map.entry("ann", Principal.of("ann")),
            Map.entry("analyst", Principal.of("ann").withRoles(Set.of("analyst"))),
            Map.entry("editor", Principal.of("ann").withRoles(Set.of("editor"))),
            Map.entry("admin", Principal.of("ann").withRoles(Set.of("admin"))),
            Map.entry("acme", Principal.of("ann").withTenant("acme")),
            Map.entry("acme-east", Principal.of("ann").withTenant("acme-east")),
            Map.entry("writer", Principal.of("ann").withScopes(Set.of("documents:write"))),
            Map.entry("owner", Principal.of("ann").withScopes(Set.of("documents"))),
            Map.entry("user", Principal.of(ISSUER, "ann")),
            Map.entry("viaClient", Principal.of(ISSUER, "ann").viaClient("desktop")),
            Map.entry("issuedProgram", Principal.of(ISSUER, "agent").asClient()),
            Map.entry("key", Principal.of("api-key", "agent").asClient()),
            Map.entry("singleKey", Principal.of("api-key").asClient()),
            Map.entry("token", Principal.of("breakwater", "agent")));

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> recipes() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "access.md"));
        return RECIPE.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private BreakwaterSettings settings(String recipe) throws IOException {
        Files.writeString(
                folder.resolve("breakwater.yaml"), String.valueOf(recipes().get(recipe)));
        var environment = Map.of("DATABASE_URL", "postgresql://reader:password@db.example.com/shop");
        return Configuration.load(new ConfigurationSources(null, environment, List.of(), folder))
                .settings();
    }

    private Breakwater server(String recipe) throws IOException {
        var rules = settings(recipe).access();
        assertThat(rules.rules()).isNotEmpty();
        var builder = Breakwater.named("recipes").accessRules(rules);
        TOOLS.forEach(name -> builder.tool(
                Tool.named(name).description("A tool.").handler((arguments, call) -> ToolResult.text("done"))));
        List.of("schema://tables", "config://effective")
                .forEach(uri -> builder.resource(Resource.of(uri)
                        .reader(call -> List.of(new ResourceContents.Text(uri, "text/plain", "resource")))));
        return builder.resource(ResourceTemplate.of("data://{id}")
                        .reader((uri, variables, call) ->
                                List.of(new ResourceContents.Text(uri, "text/plain", "document"))))
                .build();
    }

    private static String decision(Breakwater server, Principal caller, String name, Json.Obj arguments) {
        var kind = name.contains("://") ? TargetKind.RESOURCE : TargetKind.TOOL;
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

    @Test
    void analystsCannotWriteWithQueries() throws IOException {
        assertThat(settings("Analysts read").database().settings())
                .extracting(DatabaseSettings::mode)
                .isEqualTo(AccessMode.READ_ONLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Analysts read | analyst | execute_query | {} | allowed",
                "Analysts read | analyst | data://plan | {} | allowed",
                "Analysts read | analyst | schema://tables | {} | allowed",
                "Analysts read | analyst | config://effective | {} | denied",
                "Analysts read | analyst | save_data | {} | denied",
                "Analysts read | analyst | list_users | {} | denied",
                "Analysts read | ann | execute_query | {} | denied",
                "Analysts read | ann | data://plan | {} | denied",
                "Writers by role | ann | get_data_cached | {} | allowed",
                "Writers by role | ann | list_tables | {} | allowed",
                "Writers by role | ann | list_users | {} | denied",
                "Writers by role | ann | get_user | {} | denied",
                "Writers by role | ann | get_metrics | {} | denied",
                "Writers by role | ann | save_data | {} | denied",
                "Writers by role | editor | save_data | {} | allowed",
                "Writers by role | editor | create_user | {} | denied",
                "Writers by role | admin | save_data | {} | allowed",
                "Writers by role | admin | update_user | {} | allowed",
                "Each tenant has its own documents | acme | save_data | {\"data_id\": \"acme:plan\"} | allowed",
                "Each tenant has its own documents | acme | get_data_cached | {\"data_id\": \"acme:plan\"} | allowed",
                "Each tenant has its own documents | acme | save_data | {\"data_id\": \"acme-east:plan\"} | denied",
                "Each tenant has its own documents | acme | get_data_cached | {} | denied",
                "Each tenant has its own documents | acme | get_data_cached | {\"data_id\": [\"acme:plan\"]} | denied",
                "Each tenant has its own documents | acme | data://acme:plan | {} | allowed",
                "Each tenant has its own documents | acme | data://acme-east:plan | {} | denied",
                "Each tenant has its own documents | acme-east | save_data | {\"data_id\": \"acme-east:plan\"} | allowed",
                "Each tenant has its own documents | acme-east | save_data | {\"data_id\": \"acme:plan\"} | denied",
                "Each tenant has its own documents | acme-east | data://acme-east:plan | {} | allowed",
                "Each tenant has its own documents | acme-east | data://acme:plan | {} | denied",
                "Each tenant has its own documents | ann | save_data | {\"data_id\": \"acme:plan\"} | denied",
                "Each tenant has its own documents | ann | data://acme:plan | {} | denied",
                "A further scope for changes | ann | get_data_cached | {} | allowed",
                "A further scope for changes | ann | save_data | {} | documents:write",
                "A further scope for changes | writer | save_data | {} | allowed",
                "A further scope for changes | owner | save_data | {} | allowed",
                "A further scope for changes | owner | list_users | {} | denied",
                "Programs have a list of tools | user | save_data | {} | allowed",
                "Programs have a list of tools | user | execute_query | {\"query\": \"LONG\"} | allowed",
                "Programs have a list of tools | viaClient | config://effective | {} | allowed",
                "Programs have a list of tools | issuedProgram | save_data | {} | denied",
                "Programs have a list of tools | key | list_tables | {} | allowed",
                "Programs have a list of tools | key | save_data | {} | denied",
                "Programs have a list of tools | key | data://plan | {} | denied",
                "Programs have a list of tools | key | execute_query | {\"query\": \"select 1\"} | allowed",
                "Programs have a list of tools | key | execute_query | {\"query\": \"LONG\"} | denied",
                "Programs have a list of tools | singleKey | list_tables | {} | allowed",
                "Programs have a list of tools | singleKey | save_data | {} | denied",
                "Programs have a list of tools | token | list_tables | {} | allowed",
                "Programs have a list of tools | token | save_data | {} | denied",
                "Programs have a list of tools | token | execute_query | {\"query\": \"LONG\"} | denied",
                "Programs have a list of tools | anonymous | save_data | {} | denied"
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

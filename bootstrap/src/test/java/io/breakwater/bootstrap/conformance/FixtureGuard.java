package io.breakwater.bootstrap.conformance;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.bootstrap.apikey.ApiKeysFile;
import io.breakwater.port.RateLimit;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition;
import io.breakwater.server.settings.ProtectedResource;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.ScopeHierarchy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The guard in front of the fixture, as an operator would configure it behind a balancer: callers need an API key, and
 * access rules decide each list and each call. The key of the suite has the role {@value #ROLE} and the scope
 * {@value #SCOPE}. The rules deny it the tool, the resource and the prompt that this class adds.
 */
final class FixtureGuard {
    private static final String ROLE = "suite";
    private static final String SCOPE = "fixture";
    private static final int MAX_NAME = 100;

    private static final AccessRules RULES = new AccessRules(
            List.of(
                    AccessRule.allow("the suite uses the fixture")
                            .onTools("test_*", "json_schema_2020_12_tool", "*_job", "slow_compute", "multi_input")
                            .onResources("test://*")
                            .onPrompts("test_*")
                            .forRoles(ROLE)
                            .forScopes(SCOPE + ":use"),
                    AccessRule.allow("the suite greets people with short names")
                            .onTools("greet")
                            .forRoles(ROLE)
                            .whenArgument("/name", new ArgumentCondition.MaxLength(MAX_NAME)),
                    AccessRule.allow("the suite deletes files by name")
                            .onTools("confirm_delete")
                            .forRoles(ROLE)
                            .whenArgument("/filename", new ArgumentCondition.Glob("*.*")),
                    AccessRule.deny("the suite does not see the denied items")
                            .onTools("test_denied_*")
                            .onResources("test://denied/*")
                            .onPrompts("test_denied_*")
                            .forRoles(ROLE)),
            new ScopeHierarchy(Map.of(SCOPE, Set.of(SCOPE + ":use")), false));

    /** The suite calls some tools more often in a minute than the default limits admit. */
    private static final RateLimitSettings RATE_LIMITS = RateLimitSettings.STANDARD
            .withPrincipalTool(RateLimit.perSecond(1_000))
            .withPrincipal(RateLimit.perSecond(1_000));

    private final Path keys;
    private final String publicUrl;

    /**
     * Creates a guard.
     *
     * @param keys the file of API keys
     * @param publicUrl the URL that clients use, which is that of the balancer
     */
    FixtureGuard(Path keys, String publicUrl) {
        this.keys = keys;
        this.publicUrl = publicUrl;
    }

    /** Puts the guard in front of the server, and adds what the rules deny to the suite. */
    void addTo(BreakwaterBuilder builder) {
        var apiKeys = ApiKeysFile.open(keys);
        var resource = new ProtectedResource(publicUrl, List.of("https://login.example.com"), List.of(SCOPE));
        builder.onClose(apiKeys)
                .authentication(StandardAuthentication.of(apiKeys).withResource(resource))
                .accessRules(RULES)
                .rateLimits(RATE_LIMITS);
        builder.tool(Tool.named("test_denied_tool")
                        .description("The suite may not call this.")
                        .handler((arguments, call) -> ToolResult.text("called")))
                .resource(Resource.of("test://denied/text")
                        .name("denied-text")
                        .description("The suite may not read this.")
                        .text(() -> "read"))
                .prompt(Prompt.named("test_denied_prompt")
                        .description("The suite may not get this.")
                        .handler((arguments, call) -> List.of(Prompt.Message.user("got"))));
    }

    /** Returns the settings of a listener that trusts a balancer on this machine. */
    static HttpSettings behindBalancer(HttpSettings settings) {
        return settings.withProxies(HttpSettings.Proxies.trusting(List.of("127.0.0.1")));
    }
}

package io.breakwater.core.presentation.protocol.legacy;

import static io.breakwater.core.presentation.call.MethodHandler.inline;
import static java.util.Map.entry;

import io.breakwater.core.presentation.cache.ResultCacheService;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.CallToolMethod;
import io.breakwater.core.presentation.method.CompleteMethod;
import io.breakwater.core.presentation.method.GetPromptMethod;
import io.breakwater.core.presentation.method.ReadResourceMethod;
import io.breakwater.core.presentation.protocol.common.CatalogLists;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.SubscriptionLimits;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a legacy session, in one table. {@code initialize} is not among them, because it creates the session.
 */
final class LegacyMethods {
    private static final Outcome EMPTY_RESULT = new Outcome.Value(Json.Obj.EMPTY);

    private static final Outcome SUBSCRIPTIONS_FULL = Refusal.of(
                    ErrorCode.OVERLOADED,
                    "The limit on subscriptions is reached: unsubscribe from a resource, or try again later.")
            .withRetryAfter(Duration.ofSeconds(30));

    private final Registry registry;
    private final ResultCacheService resultCache;
    private final Map<String, Method> table;

    LegacyMethods(Registry registry, ProtocolSettings settings, ResultCacheService resultCache) {
        this.registry = registry;
        this.resultCache = resultCache;
        var lists = new CatalogLists(registry, settings.pageSize(), true, Json.Obj.EMPTY);
        this.table = Map.ofEntries(
                entry("ping", action(request -> {})),
                entry("tools/list", list(lists::tools)),
                entry("resources/list", list(lists::resources)),
                entry("resources/templates/list", list(lists::templates)),
                entry("prompts/list", list(lists::prompts)),
                entry("tools/call", this::callTool),
                entry("prompts/get", this::getPrompt),
                entry("resources/read", this::readResource),
                entry("completion/complete", this::complete),
                entry("resources/subscribe", inlineMethod(LegacyMethods::subscribe)),
                entry("resources/unsubscribe", inlineMethod(LegacyMethods::unsubscribe)),
                entry("logging/setLevel", action(LegacyMethods::setLevel)));
    }

    @FunctionalInterface
    private interface Method {
        PreparedMethod prepare(MethodRequest request);
    }

    private record MethodRequest(ParsedJson params, LegacyCaller caller, CatalogSnapshot catalog) {
        String text(String member) {
            var text = params.text(member);
            if (text == null) {
                throw McpException.invalidParams("\"" + member + "\" must be a string");
            }
            return text;
        }
    }

    Set<String> names() {
        return table.keySet();
    }

    /** Returns the handler for a request; throws when the method or a parameter is invalid. */
    PreparedMethod prepare(String method, ParsedJson params, LegacyCaller caller) {
        var found = table.get(method);
        if (found == null) {
            throw new McpException(McpException.METHOD_NOT_FOUND, "Method not found: " + method);
        }
        return found.prepare(new MethodRequest(params, caller, registry.snapshot()));
    }

    private static Method list(Supplier<ListPages> pages) {
        return request ->
                PreparedMethod.of(inline(call -> new Outcome.Value(pages.get().page(cursor(request.params())))));
    }

    private static @Nullable String cursor(ParsedJson params) {
        if (!params.has("cursor")) {
            return null;
        }
        var cursor = params.text("cursor");
        if (cursor == null) {
            throw McpException.invalidParams("\"cursor\" must be a string");
        }
        return cursor;
    }

    private static Method action(Consumer<MethodRequest> effect) {
        return inlineMethod(request -> {
            effect.accept(request);
            return EMPTY_RESULT;
        });
    }

    private static Method inlineMethod(Function<MethodRequest, Outcome> method) {
        return request -> PreparedMethod.of(inline(call -> method.apply(request)));
    }

    private PreparedMethod callTool(MethodRequest request) {
        var name = request.text("name");
        var tool = request.catalog().tools().get(name);
        if (tool == null) {
            throw McpException.invalidParams("Unknown tool: " + name);
        }
        var arguments = request.params().member("arguments");
        if (arguments != null && !arguments.isObject()) {
            throw McpException.invalidParams("\"arguments\" must be an object");
        }
        return new PreparedMethod(new CallToolMethod(tool, request.params(), resultCache), name, tool.definition());
    }

    private PreparedMethod getPrompt(MethodRequest request) {
        var name = request.text("name");
        var prompt = request.catalog().prompts().get(name);
        if (prompt == null) {
            throw McpException.invalidParams("Unknown prompt: " + name);
        }
        return PreparedMethod.of(new GetPromptMethod(prompt, request.params()), name);
    }

    private PreparedMethod readResource(MethodRequest request) {
        var uri = request.text("uri");
        return PreparedMethod.of(new ReadResourceMethod(request.catalog(), uri, false), uri);
    }

    private PreparedMethod complete(MethodRequest request) {
        return PreparedMethod.of(new CompleteMethod(request.catalog(), request.params()));
    }

    private static Outcome subscribe(MethodRequest request) {
        var uri = request.text("uri");
        var after = changeSubscriptions(request, uris -> uris.add(uri));
        return after.subscriptions().contains(uri) ? EMPTY_RESULT : SUBSCRIPTIONS_FULL;
    }

    private static Outcome unsubscribe(MethodRequest request) {
        var uri = request.text("uri");
        changeSubscriptions(request, uris -> uris.remove(uri));
        return EMPTY_RESULT;
    }

    private static Session changeSubscriptions(MethodRequest request, Consumer<Set<String>> change) {
        return request.caller().change(session -> {
            var uris = new HashSet<>(session.subscriptions());
            change.accept(uris);
            SubscriptionLimits.check(uris);
            return session.withSubscriptions(uris);
        });
    }

    private static void setLevel(MethodRequest request) {
        var level = LogLevel.of(request.text("level"))
                .orElseThrow(() -> McpException.invalidParams(
                        "\"level\" must be one of debug, info, notice, warning, error, critical, alert, emergency"));
        request.caller().change(session -> session.withLogLevel(level.wireName()));
    }
}

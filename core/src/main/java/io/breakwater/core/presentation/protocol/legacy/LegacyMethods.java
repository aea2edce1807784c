package io.breakwater.core.presentation.protocol.legacy;

import static io.breakwater.core.presentation.call.MethodHandler.inline;
import static java.util.Map.entry;

import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.CallToolMethod;
import io.breakwater.core.presentation.method.CompleteMethod;
import io.breakwater.core.presentation.method.GetPromptMethod;
import io.breakwater.core.presentation.method.ReadResourceMethod;
import io.breakwater.core.presentation.method.ResultCacheService;
import io.breakwater.core.presentation.protocol.legacy.LegacyCall.Prepared;
import io.breakwater.core.presentation.server.CatalogLists;
import io.breakwater.core.presentation.server.ProtocolSettings;
import io.breakwater.core.presentation.server.SubscriptionLimits;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.interceptor.Outcome;
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

/** The methods inside a legacy session, in one table. {@code initialize} comes before there is one. */
final class LegacyMethods {
    private static final Outcome DONE = new Outcome.Value(Json.Obj.EMPTY);

    private static final Outcome NO_ROOM = new Outcome.Refused(
            ErrorCode.OVERLOADED,
            "No room for another subscription: unsubscribe from a resource, or try again later.",
            Duration.ofSeconds(30));

    private final Registry registry;
    private final ResultCacheService memory;
    private final Map<String, Method> table;

    LegacyMethods(Registry registry, ProtocolSettings settings, ResultCacheService memory) {
        this.registry = registry;
        this.memory = memory;
        var lists = new CatalogLists(registry, settings.pageSize(), true, Json.Obj.EMPTY);
        this.table = Map.ofEntries(
                entry("ping", effect(asked -> {})),
                entry("tools/list", list(lists::tools)),
                entry("resources/list", list(lists::resources)),
                entry("resources/templates/list", list(lists::templates)),
                entry("prompts/list", list(lists::prompts)),
                entry("tools/call", this::callTool),
                entry("prompts/get", this::getPrompt),
                entry("resources/read", this::readResource),
                entry("completion/complete", this::complete),
                entry("resources/subscribe", inlined(LegacyMethods::subscribe)),
                entry("resources/unsubscribe", inlined(LegacyMethods::unsubscribe)),
                entry("logging/setLevel", effect(LegacyMethods::setLevel)));
    }

    @FunctionalInterface
    private interface Method {
        Prepared prepare(Asked asked);
    }

    private record Asked(ParsedJson params, LegacyCaller peer, CatalogSnapshot offering) {
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

    /** What to do for this request; the error when it cannot be done at all. */
    Prepared prepare(String method, ParsedJson params, LegacyCaller peer) {
        var found = table.get(method);
        if (found == null) {
            throw new McpException(McpException.METHOD_NOT_FOUND, "Method not found: " + method);
        }
        return found.prepare(new Asked(params, peer, registry.offering()));
    }

    private static Method list(Supplier<ListPages> pages) {
        return asked ->
                new Prepared(inline(call -> new Outcome.Value(pages.get().page(cursor(asked.params())))), "", null);
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

    private static Method effect(Consumer<Asked> effect) {
        return inlined(asked -> {
            effect.accept(asked);
            return DONE;
        });
    }

    private static Method inlined(Function<Asked, Outcome> method) {
        return asked -> new Prepared(inline(call -> method.apply(asked)), "", null);
    }

    private Prepared callTool(Asked asked) {
        var name = asked.text("name");
        var tool = asked.offering().tools().get(name);
        if (tool == null) {
            throw McpException.invalidParams("Unknown tool: " + name);
        }
        var arguments = asked.params().member("arguments");
        if (arguments != null && !arguments.isObject()) {
            throw McpException.invalidParams("\"arguments\" must be an object");
        }
        return new Prepared(new CallToolMethod(tool, asked.params(), memory), name, tool.definition());
    }

    private Prepared getPrompt(Asked asked) {
        var name = asked.text("name");
        var prompt = asked.offering().prompts().get(name);
        if (prompt == null) {
            throw McpException.invalidParams("Unknown prompt: " + name);
        }
        return new Prepared(new GetPromptMethod(prompt, asked.params()), name, null);
    }

    private Prepared readResource(Asked asked) {
        var uri = asked.text("uri");
        return new Prepared(new ReadResourceMethod(asked.offering(), uri, false), uri, null);
    }

    private Prepared complete(Asked asked) {
        return new Prepared(new CompleteMethod(asked.offering(), asked.params()), "", null);
    }

    private static Outcome subscribe(Asked asked) {
        var uri = asked.text("uri");
        var after = changeSubscriptions(asked, uris -> uris.add(uri));
        return after.subscriptions().contains(uri) ? DONE : NO_ROOM;
    }

    private static Outcome unsubscribe(Asked asked) {
        var uri = asked.text("uri");
        changeSubscriptions(asked, uris -> uris.remove(uri));
        return DONE;
    }

    private static Session changeSubscriptions(Asked asked, Consumer<Set<String>> change) {
        return asked.peer().change(session -> {
            var uris = new HashSet<>(session.subscriptions());
            change.accept(uris);
            SubscriptionLimits.check(uris);
            return session.withSubscriptions(uris);
        });
    }

    private static void setLevel(Asked asked) {
        var level = LogLevel.of(asked.text("level"))
                .orElseThrow(() -> McpException.invalidParams(
                        "\"level\" is one of debug, info, notice, warning, error, critical, alert, emergency"));
        asked.peer().change(session -> session.withLogLevel(level.wire()));
    }
}

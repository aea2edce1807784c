package io.breakwater.core.presentation.protocol.legacy;

import static io.breakwater.core.presentation.call.MethodHandler.inline;
import static java.util.Map.entry;

import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.RequestParams;
import io.breakwater.core.presentation.method.SharedMethods;
import io.breakwater.core.presentation.method.ToolServices;
import io.breakwater.core.presentation.protocol.common.CatalogLists;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.SubscriptionLimits;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
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
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The methods of a legacy session, in one table. {@code initialize} is not among them, because it creates the session.
 */
final class LegacyMethods {
    private static final Outcome EMPTY_RESULT = new Outcome.Value(Json.Obj.EMPTY);

    private static final Outcome SUBSCRIPTIONS_FULL = Refusal.of(
                    ErrorCode.OVERLOADED,
                    "The limit on subscriptions is reached: unsubscribe from a resource, or try again later.")
            .withRetryAfter(Duration.ofSeconds(30));

    private final CatalogAccess catalog;
    private final ToolServices services;
    private final Map<String, Method> table;

    LegacyMethods(CatalogAccess catalog, ProtocolSettings settings, ToolServices services) {
        this.catalog = catalog;
        this.services = services;
        var lists =
                new CatalogLists(catalog, new ListFormat(settings.pageSize(), true, Json.Obj.EMPTY, Json.Obj.EMPTY));
        this.table = Map.ofEntries(
                entry("ping", request -> PreparedMethod.of(inline(call -> EMPTY_RESULT))),
                entry("tools/list", list(lists::tools)),
                entry("resources/list", list(lists::resources)),
                entry("resources/templates/list", list(lists::templates)),
                entry("prompts/list", list(lists::prompts)),
                entry("tools/call", this::callTool),
                entry("prompts/get", request -> SharedMethods.getPrompt(request.catalog(), request.params())),
                entry(
                        "resources/read",
                        request -> SharedMethods.readResource(request.catalog(), request.params(), false)),
                entry("completion/complete", request -> SharedMethods.complete(request.catalog(), request.params())),
                entry("resources/subscribe", LegacyMethods::prepareSubscribe),
                entry("resources/unsubscribe", change(LegacyMethods::unsubscribe)),
                entry("logging/setLevel", change(LegacyMethods::setLevel)));
    }

    @FunctionalInterface
    private interface Method {
        PreparedMethod prepare(SessionRequest request);
    }

    private record SessionRequest(ParsedJson params, LegacyCaller caller, CatalogView catalog) {
        String text(String member) {
            return RequestParams.text(params, member);
        }
    }

    Set<String> names() {
        return table.keySet();
    }

    /** Returns the handler for a request; throws when the method or a parameter is invalid. */
    PreparedMethod prepare(String method, ParsedJson params, LegacyCaller caller, Principal principal) {
        var found = table.get(method);
        if (found == null) {
            throw new McpException(McpException.METHOD_NOT_FOUND, "Method not found: " + method);
        }
        return found.prepare(new SessionRequest(params, caller, catalog.view(principal)));
    }

    private static Method list(Function<Principal, ListPages> pages) {
        return request -> PreparedMethod.of(inline(
                call -> new Outcome.Value(pages.apply(call.principal()).page(RequestParams.cursor(request.params())))));
    }

    /**
     * Returns a method that changes the session. It continues on the thread on which the session was resolved, which
     * may wait for the store; this keeps the order of the messages on a connection and in a batch.
     */
    private static Method change(BiFunction<SessionRequest, CallContext, Outcome> method) {
        return request -> PreparedMethod.of(StoreAccess.onCurrentThread(call -> method.apply(request, call.context())));
    }

    private PreparedMethod callTool(SessionRequest request) {
        var tool = SharedMethods.tool(request.catalog(), request.params());
        return SharedMethods.callTool(tool, request.params(), services);
    }

    /**
     * A subscription to what the caller may not read succeeds, as one to an unknown resource does, and stays without
     * notifications.
     */
    private static PreparedMethod prepareSubscribe(SessionRequest request) {
        var uri = request.params().text("uri");
        var method = change(LegacyMethods::subscribe).prepare(request);
        return uri == null ? method : method.withAccess(request.catalog().subscription(uri));
    }

    private static Outcome subscribe(SessionRequest request, CallContext context) {
        var uri = request.text("uri");
        var after = changeSubscriptions(request, context, uris -> uris.add(uri));
        return after.subscriptions().contains(uri) ? EMPTY_RESULT : SUBSCRIPTIONS_FULL;
    }

    private static Outcome unsubscribe(SessionRequest request, CallContext context) {
        var uri = request.text("uri");
        changeSubscriptions(request, context, uris -> uris.remove(uri));
        return EMPTY_RESULT;
    }

    private static Session changeSubscriptions(
            SessionRequest request, CallContext context, Consumer<Set<String>> change) {
        UnaryOperator<Session> update = session -> {
            var uris = new HashSet<>(session.subscriptions());
            change.accept(uris);
            SubscriptionLimits.check(uris);
            return session.withSubscriptions(uris);
        };
        return request.caller().change(update, context);
    }

    private static Outcome setLevel(SessionRequest request, CallContext context) {
        var level = LogLevel.of(request.text("level"))
                .orElseThrow(() -> McpException.invalidParams("\"level\" must be one of " + LogLevel.names()));
        request.caller().change(session -> session.withLogLevel(level.wireName()), context);
        return EMPTY_RESULT;
    }
}

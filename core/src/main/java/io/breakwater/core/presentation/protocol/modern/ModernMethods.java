package io.breakwater.core.presentation.protocol.modern;

import static io.breakwater.core.presentation.call.MethodHandler.inline;
import static java.util.Map.entry;

import io.breakwater.core.presentation.call.ClientRequests;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.RequestParams;
import io.breakwater.core.presentation.method.SharedMethods;
import io.breakwater.core.presentation.protocol.common.CatalogLists;
import io.breakwater.core.presentation.protocol.common.CatalogLists.ListFormat;
import io.breakwater.core.presentation.protocol.common.OfferedCapabilities;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods of 2026-07-28, in one table. */
final class ModernMethods {
    private final ModernProtocol protocol;
    private final CatalogLists lists;
    private final Map<String, Method> table;
    private final Json.Obj extensions;
    private volatile Json.Raw discovery;

    ModernMethods(ModernProtocol protocol, ServerIdentity identity, ProtocolSettings settings) {
        this.protocol = protocol;
        long ttl = settings.listTtl().toMillis();
        this.lists = new CatalogLists(
                protocol.catalog(),
                new ListFormat(
                        settings.pageSize(),
                        false,
                        protocol.results().pageMembers(ttl, "public"),
                        protocol.results().pageMembers(ttl, "private")));
        this.extensions = extensions(settings.extensions());
        this.discovery = encoded(identity, ttl);
        protocol.registry().onChange(change -> discovery = encoded(identity, ttl));
        this.table = Map.ofEntries(
                entry("server/discover", plain(methodRequest -> inline(call -> new Outcome.Value(discovery)))),
                entry("tools/list", list(lists::tools)),
                entry("resources/list", list(lists::resources)),
                entry("resources/templates/list", list(lists::templates)),
                entry("prompts/list", list(lists::prompts)),
                entry("tools/call", new Method("name", this::callTool)),
                entry("prompts/get", new Method("name", ModernMethods::getPrompt)),
                entry("resources/read", new Method("uri", ModernMethods::readResource)),
                entry(
                        "completion/complete",
                        new Method(
                                null,
                                methodRequest ->
                                        SharedMethods.complete(methodRequest.catalog(), methodRequest.params()))),
                entry("subscriptions/listen", new Method(null, this::listen)),
                entry("tasks/get", task((task, params, context) -> TaskJson.of(task))),
                entry("tasks/update", task(this::updateTask)),
                entry("tasks/cancel", task(this::cancelTask)));
    }

    /**
     * A method of the table.
     *
     * @param nameMember the parameter that {@code Mcp-Name} repeats, or null
     * @param preparation checks the parameters that are checked before the guard, and returns the handler
     */
    record Method(@Nullable String nameMember, Preparation preparation) {}

    @FunctionalInterface
    interface Preparation {
        PreparedMethod prepare(MethodRequest methodRequest) throws RejectedMessageException;
    }

    @FunctionalInterface
    private interface Simple {
        MethodHandler handler(MethodRequest methodRequest);
    }

    Set<String> names() {
        return table.keySet();
    }

    /** Returns the method of that name, or null if the server does not have it. */
    @Nullable
    Method find(String name) {
        return OfferedCapabilities.isWithheld(name, protocol.registry()) ? null : table.get(name);
    }

    private static Method plain(Simple simple) {
        return new Method(null, methodRequest -> PreparedMethod.of(simple.handler(methodRequest)));
    }

    private static Method list(Function<Principal, ListPages> pages) {
        return plain(methodRequest -> inline(call -> new Outcome.Value(
                pages.apply(methodRequest.principal()).page(RequestParams.cursor(methodRequest.params())))));
    }

    // ---- tools, prompts, resources ----------------------------------------------------------------------------------

    private PreparedMethod callTool(MethodRequest methodRequest) throws RejectedMessageException {
        var found = SharedMethods.tool(methodRequest.catalog(), methodRequest.params());
        var tool = found.item();
        if (methodRequest.inbound().channel() instanceof Channel.Exchange) {
            var mismatch = tool.headerMismatch(
                    methodRequest.inbound().fields(), RequestParams.arguments(methodRequest.params()));
            if (mismatch != null) {
                throw HeaderAgreement.mismatch(mismatch);
            }
        }
        if (tool.definition().tasks().support() == TaskSupport.REQUIRED) {
            requireTasks(methodRequest.meta());
        }
        var prepared = SharedMethods.callTool(found, methodRequest.params(), protocol.toolServices());
        boolean usesStore = !prepared.isDryRun()
                && tool.definition().tasks().support() != TaskSupport.NONE
                && protocol.tasks().access().mayBlock();
        return usesStore ? offLoop(prepared) : prepared;
    }

    /** Runs a tool on a thread that may wait for the store of tasks. */
    private PreparedMethod offLoop(PreparedMethod prepared) {
        return prepared.withHandler(protocol.tasks().access().offLoop(prepared.handler()));
    }

    private static PreparedMethod getPrompt(MethodRequest methodRequest) {
        return SharedMethods.getPrompt(methodRequest.catalog(), methodRequest.params());
    }

    private static PreparedMethod readResource(MethodRequest methodRequest) {
        return SharedMethods.readResource(methodRequest.catalog(), methodRequest.params(), true);
    }

    private PreparedMethod listen(MethodRequest methodRequest) throws RejectedMessageException {
        var filter = methodRequest.params().member("notifications");
        if (filter == null || !filter.isObject()) {
            throw McpException.invalidParams("\"notifications\" must be an object");
        }
        if (filter.has("taskIds")) {
            requireTasks(methodRequest.meta());
        }
        var subscription = new Subscription(methodRequest, filter);
        return PreparedMethod.of(new OpenSubscription(subscription, protocol.subscriptions()))
                .withAccess(subscription.decision(methodRequest.catalog()));
    }

    // ---- tasks ------------------------------------------------------------------------------------------------------

    private Method task(TaskMethod.Action action) {
        return new Method("taskId", methodRequest -> {
            requireTasks(methodRequest.meta());
            var id = RequestParams.text(methodRequest.params(), "taskId");
            var method = new TaskMethod(action, protocol.tasks(), methodRequest, id);
            return PreparedMethod.of(protocol.tasks().access().handler(method), id)
                    .withAccess(method.access());
        });
    }

    private Json.Obj updateTask(Task task, ParsedJson params, CallContext context) {
        protocol.tasks().update(task.id(), InputRounds.responses(params.member("inputResponses")));
        return Json.Obj.EMPTY;
    }

    private Json.Obj cancelTask(Task task, ParsedJson params, CallContext context) {
        protocol.tasks().cancel(task.id(), context);
        return Json.Obj.EMPTY;
    }

    /** Rejects a client that does not support tasks. */
    static void requireTasks(RequestMeta meta) throws RejectedMessageException {
        if (!ClientCapability.TASKS.declaredIn(meta.meta().object(RequestMeta.CAPABILITIES))) {
            throw new RejectedMessageException(ReplyStatus.MALFORMED, ClientRequests.missing(ClientCapability.TASKS));
        }
    }

    // ---- discovery --------------------------------------------------------------------------------------------------

    private static Json.Obj extensions(List<String> others) {
        var extensions = Json.object().put("io.modelcontextprotocol/tasks", Json.Obj.EMPTY);
        others.forEach(extension -> extensions.put(extension, Json.Obj.EMPTY));
        return extensions.build();
    }

    private Json.Raw encoded(ServerIdentity identity, long ttl) {
        return new Json.Raw(JsonWriter.bytes(discovery(identity, ttl)));
    }

    private Json.Obj discovery(ServerIdentity identity, long ttl) {
        var capabilities = OfferedCapabilities.of(protocol.registry()).put("extensions", extensions);
        var discovery = Json.object()
                .put("supportedVersions", Json.texts(ServerIdentity.ALL))
                .put("capabilities", capabilities.build())
                .putIfPresent("instructions", identity.instructions());
        protocol.results().pageMembers(ttl, "public").members().forEach(discovery::put);
        return discovery.build();
    }
}

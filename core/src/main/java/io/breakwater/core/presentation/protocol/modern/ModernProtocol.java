package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.session.TaskService;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.CancellableCalls;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.catalog.UnknownTargetException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.ToolServices;
import io.breakwater.core.presentation.protocol.common.CredentialWatch;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The modern era, which is stateless. A request is validated in this order: {@code _meta}, header fields, revision,
 * method, parameters. The first failed check rejects it; otherwise it becomes a {@link ModernCall} and passes the
 * guard.
 */
public final class ModernProtocol {
    private final CallRuntime runtime;
    private final CatalogAccess catalog;
    private final Sealer sealer;
    private final ToolServices services;
    private final ModernResults results;
    private final TaskMethods tasks;
    private final SubscriptionRegistry subscriptions;
    private final ModernMethods methods;
    private final HeaderMismatchLog mismatches;

    /** Creates the protocol for that catalog. */
    public ModernProtocol(
            CallRuntime runtime,
            CatalogAccess catalog,
            ServerIdentity identity,
            ProtocolSettings settings,
            ToolServices services,
            Sealer sealer,
            TaskService taskService) {
        this.runtime = runtime;
        this.catalog = catalog;
        this.sealer = sealer;
        this.services = services;
        this.results = new ModernResults(identity);
        this.tasks = new TaskMethods(taskService, runtime, settings.taskTtl(), results);
        this.subscriptions = new SubscriptionRegistry(
                catalog, settings.subscriptions(), results, new CredentialWatch(runtime.executors()));
        this.methods = new ModernMethods(this, identity, settings);
        this.mismatches = new HeaderMismatchLog(runtime.executors());
        catalog.registry().onChange(subscriptions::changed);
        runtime.executors().scheduleRepeatedly(TaskMethods.SWEEP, tasks::sweep);
        tasks.onChange(subscriptions::changed);
    }

    /** True when these parameters claim to belong to this era, valid or not. */
    public static boolean claimed(ParsedJson params) {
        return RequestMeta.claimed(params);
    }

    /** Handles a request. */
    public void request(
            Message.Request request,
            IncomingMessage inbound,
            Principal principal,
            @Nullable CancellableCalls connection,
            Reply reply) {
        try {
            var meta = validateMeta(request, inbound);
            var method = findMethod(request, inbound);
            var methodRequest = new MethodRequest(request, meta, principal, inbound, reply, catalog.view(principal));
            var prepared = method.preparation().prepare(methodRequest);
            var call = new ModernCall(this, methodRequest, prepared);
            if (prepared.handler() instanceof OpenSubscription opening) {
                listen(call, opening.subscription(), methodRequest);
            } else {
                start(call, connection, reply);
            }
        } catch (RejectedMessageException rejection) {
            if (HeaderAgreement.isMismatch(request.params(), rejection.error())) {
                mismatches.rejected(request, inbound, rejection.error());
            }
            reject(request, principal, rejection.replyStatus(), rejection.error(), reply);
        } catch (UnknownTargetException unknown) {
            reject(request, principal, ReplyStatus.RESULT, unknown.refuse(runtime.nextRequestId()), reply);
        } catch (McpException error) {
            reject(request, principal, ReplyStatus.RESULT, error, reply);
        }
    }

    private void reject(
            Message.Request request, Principal principal, ReplyStatus status, McpException error, Reply reply) {
        runtime.rejectionListener().onRejected(request.method(), request.params(), principal, error);
        reply.answer(
                status,
                MessageWriter.error(request.id(), error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private RequestMeta validateMeta(Message.Request request, IncomingMessage inbound) throws RejectedMessageException {
        var meta = RequestMeta.of(request.params());
        if (inbound.channel() instanceof Channel.Exchange) {
            HeaderAgreement.version(inbound.fields(), meta.version());
        }
        if (!meta.version().equals(ServerIdentity.MODERN)) {
            throw new RejectedMessageException(ReplyStatus.MALFORMED, unsupported(meta.version()));
        }
        return meta;
    }

    private ModernMethods.Method findMethod(Message.Request request, IncomingMessage inbound)
            throws RejectedMessageException {
        var method = methods.find(request.method());
        if (inbound.channel() instanceof Channel.Exchange) {
            HeaderAgreement.method(inbound.fields(), request.method());
            var named = method == null ? null : method.nameMember();
            if (named != null) {
                HeaderAgreement.name(inbound.fields(), request.params(), named);
            }
        }
        if (method == null) {
            throw new RejectedMessageException(
                    ReplyStatus.UNKNOWN_METHOD,
                    new McpException(McpException.METHOD_NOT_FOUND, "Method not found: " + request.method()));
        }
        return method;
    }

    /** The methods of this era. */
    public Set<String> methods() {
        return methods.names();
    }

    /** Creates the error for an unsupported revision. */
    public static McpException unsupported(String requested) {
        return new McpException(
                McpException.UNSUPPORTED_VERSION,
                "Unsupported protocol version",
                Json.object()
                        .put("supported", Json.texts(ServerIdentity.ALL))
                        .put("requested", requested)
                        .build());
    }

    private static void start(ModernCall call, @Nullable CancellableCalls connection, Reply reply)
            throws RejectedMessageException {
        call.checkRounds();
        if (connection == null) {
            call.start();
            if (!call.settled()) {
                reply.onDisconnect(call::abandon);
            }
        } else {
            connection.start(call);
        }
        call.retainMemory();
    }

    private static void listen(ModernCall call, Subscription subscription, MethodRequest methodRequest) {
        call.share();
        methodRequest
                .reply()
                .onDisconnect(
                        () -> { // before it starts, since the subscription registers its own action
                            call.abandon();
                            subscription.cancelled();
                        });
        call.start();
        call.onStop(() -> methodRequest.inbound().memory().releaseMessage(subscription.weightOfId()));
    }

    /** Handles a notification; only a cancellation on a lasting connection has an effect. */
    public void notification(
            Message.Notification notification, IncomingMessage inbound, @Nullable CancellableCalls connection) {
        if (notification.method().equals("notifications/cancelled")
                && connection != null
                && inbound.channel() instanceof Channel.Connection channel) {
            var id = notification.params().requestId("requestId");
            connection.cancel(id);
            subscriptions.cancel(channel, id);
        }
    }

    /** Ends the subscriptions of a closed connection. */
    public void closed(Channel.Connection connection) {
        subscriptions.closed(connection);
    }

    /** Notifies subscribed clients that a resource changed. */
    public void updated(String uri) {
        subscriptions.updated(uri);
    }

    /** Ends all subscriptions with their results. */
    public void endStreams() {
        subscriptions.endAll();
    }

    CallRuntime runtime() {
        return runtime;
    }

    CatalogAccess catalog() {
        return catalog;
    }

    Registry registry() {
        return catalog.registry();
    }

    ToolServices toolServices() {
        return services;
    }

    Sealer sealer() {
        return sealer;
    }

    ModernResults results() {
        return results;
    }

    TaskMethods tasks() {
        return tasks;
    }

    SubscriptionRegistry subscriptions() {
        return subscriptions;
    }
}

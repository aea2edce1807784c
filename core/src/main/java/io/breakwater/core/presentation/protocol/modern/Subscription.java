package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.common.SubscriptionLimits;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One {@code subscriptions/listen} stream. It ends when the client disconnects or reads too slowly, when its
 * credential expires or is revoked, or when the server stops.
 */
final class Subscription {
    private static final AccessDecision NO_TARGET = new AccessDecision.Allowed("no target");
    private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
    private static final Map<Registry.Kind, String> FILTERS = Map.of(
            Registry.Kind.TOOLS, "toolsListChanged",
            Registry.Kind.PROMPTS, "promptsListChanged",
            Registry.Kind.RESOURCES, "resourcesListChanged");

    private final RequestId id;
    private final Principal principal;
    private final Reply reply;
    private final Channel channel;
    private final Authenticated sender;
    private final Set<Registry.Kind> kinds = new HashSet<>();
    private final Set<String> resources;
    private final Set<String> tasks;
    private Runnable onEnd = () -> {};
    private boolean opened; // guarded by this
    private boolean ended; // guarded by this

    /** Reads what the client wants to be notified of; throws when that is too much. */
    Subscription(MethodRequest request, ParsedJson filter) {
        this.id = request.request().id();
        this.principal = request.principal();
        this.reply = request.reply();
        this.channel = request.inbound().channel();
        this.sender = request.inbound().sender();
        FILTERS.forEach((kind, member) -> {
            var wanted = filter.member(member);
            if (wanted != null && wanted.json() == Json.Bool.TRUE) {
                kinds.add(kind);
            }
        });
        this.resources = texts(filter, "resourceSubscriptions");
        this.tasks = texts(filter, "taskIds");
    }

    private static Set<String> texts(ParsedJson filter, String member) {
        var texts = new HashSet<String>();
        var list = filter.member(member);
        if (list != null && list.json() instanceof Json.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Json.Text(String text)) {
                    texts.add(text);
                }
            }
        }
        SubscriptionLimits.check(texts);
        return texts;
    }

    RequestId id() {
        return id;
    }

    /** Who opened the stream. */
    Authenticated sender() {
        return sender;
    }

    /** The number of bytes of the request id, which is held while the stream is open. */
    long weightOfId() {
        return 2L * id.json().length();
    }

    boolean isOn(Channel.Connection connection) {
        return channel.equals(connection);
    }

    boolean wants(Registry.Kind kind) {
        return kinds.contains(kind);
    }

    boolean wantsResource(String uri) {
        return resources.contains(uri);
    }

    boolean wantsTask(String task, String owner) {
        return tasks.contains(task) && owner.equals(principal.id());
    }

    Principal principal() {
        return principal;
    }

    /**
     * Returns the decision about the resources and tasks in the filter. What is denied does not count: the caller is
     * never notified of it.
     */
    AccessDecision decision(CatalogView catalog) {
        var all = resources.stream().map(catalog::subscription);
        var decisions = tasks.isEmpty() ? all : Stream.concat(all, Stream.of(catalog.task("tasks/get")));
        return decisions
                .filter(decision -> !(decision instanceof AccessDecision.Denied))
                .reduce(NO_TARGET, AccessControl::combine);
    }

    /** The number of bytes of the URIs and task ids in the filter. */
    long weight() {
        return SubscriptionLimits.weight(resources) + SubscriptionLimits.weight(tasks);
    }

    /** Runs the action when the subscription ends, immediately if it has ended. */
    void onEnd(Runnable action) {
        synchronized (this) {
            if (!ended) {
                onEnd = action;
                return;
            }
        }
        action.run();
    }

    void acknowledge() {
        var accepted = Json.object();
        FILTERS.forEach((kind, member) -> {
            if (kinds.contains(kind)) {
                accepted.put(member, true);
            }
        });
        if (!resources.isEmpty()) {
            accepted.put("resourceSubscriptions", Json.texts(resources));
        }
        if (!tasks.isEmpty()) {
            accepted.put("taskIds", Json.texts(tasks));
        }
        synchronized (this) { // no other message may precede the acknowledgement
            reply.open(ReplyStatus.RESULT);
            if (ended) { // the client disconnected before the stream opened
                reply.end();
                return;
            }
            opened = true;
            send(
                    "notifications/subscriptions/acknowledged",
                    Json.object().put("notifications", accepted.build()).build());
        }
        reply.onDisconnect(this::cancelled);
    }

    void send(String method, Json.Obj params) {
        var tagged = Json.object();
        params.members().forEach(tagged::put);
        var message = MessageWriter.notification(
                method, tagged.put("_meta", subscriptionMeta()).build());
        boolean accepted;
        synchronized (this) {
            if (ended || !opened) {
                return;
            }
            accepted = reply.offer(Event.of(message)) == OfferResult.ACCEPTED;
        }
        if (!accepted) {
            cancelled();
        }
    }

    private Json.Obj subscriptionMeta() {
        return Json.object()
                .put(SUBSCRIPTION_ID, new Json.Raw(id.json().getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Ends the subscription without a result, because the client disconnected or cancelled it. */
    void cancelled() {
        end(() -> {});
    }

    /**
     * Ends the subscription with its result, and on a lasting connection with a cancellation.
     *
     * @param reason why the server ends it
     */
    void endWithResult(ModernResults results, String reason) {
        end(() -> {
            reply.deliver(Event.of(results.listenEnded(id, subscriptionMeta())));
            if (channel instanceof Channel.Connection) {
                reply.deliver(Event.of(SubscriptionRegistry.cancelledNotification(id, reason)));
            }
        });
    }

    private void end(Runnable finalMessages) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (opened) {
                finalMessages.run();
                reply.end();
            }
        }
        onEnd.run();
    }
}

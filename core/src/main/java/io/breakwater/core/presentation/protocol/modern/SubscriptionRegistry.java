package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogChange;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.common.CredentialWatch;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driving.Channel;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open {@code subscriptions/listen} streams, and the notifications on them. */
final class SubscriptionRegistry {
    static final Outcome FULL = Refusal.of(
                    ErrorCode.OVERLOADED, "The limit on subscriptions is reached; try again later.")
            .withRetryAfter(Duration.ofSeconds(30));

    private static final String STOPPING = "The server is stopping";
    private static final String ENDED = "The credential that opened the stream has expired or was revoked";

    private final CatalogAccess catalog;
    private final CapacityLimiter capacity;
    private final ModernResults results;
    private final CredentialWatch credentials;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    SubscriptionRegistry(
            CatalogAccess catalog, CapacityLimiter capacity, ModernResults results, CredentialWatch credentials) {
        this.catalog = catalog;
        this.capacity = capacity;
        this.results = results;
        this.credentials = credentials;
    }

    /** Counts a subscription until it ends; false when the capacity is used up. */
    boolean admit(Subscription subscription) {
        var principal = subscription.principal().id();
        long weight = subscription.weight();
        if (!capacity.tryAcquire(principal, 1, weight)) {
            return false;
        }
        open.add(subscription);
        var watch = credentials.watch(subscription.sender(), () -> subscription.endWithResult(results, ENDED));
        subscription.onEnd(() -> {
            watch.run();
            open.remove(subscription);
            capacity.release(principal, 1, weight);
        });
        return true;
    }

    /** Opens an admitted subscription with its acknowledgement, and ends it at once when the server stops. */
    void open(Subscription subscription) {
        subscription.acknowledge();
        if (stopping) {
            subscription.endWithResult(results, STOPPING);
        }
    }

    /** Notifies those callers of a changed list of the catalog who see an item that changed. */
    void changed(CatalogChange change) {
        send(
                "notifications/" + change.kind().wireName() + "/list_changed",
                Json.Obj.EMPTY,
                s -> s.wants(change.kind()) && catalog.isVisible(change, s.principal()));
    }

    /** Notifies of a changed resource, unless the access rules deny it meanwhile. */
    void updated(String uri) {
        send(
                "notifications/resources/updated",
                Json.object().put("uri", uri).build(),
                s -> s.wantsResource(uri) && catalog.view(s.principal()).mayReceiveUpdates(uri));
    }

    /** Notifies of a changed task, unless the access rules deny it meanwhile. */
    void changed(Task task) {
        send(
                "notifications/tasks",
                TaskJson.of(task),
                s -> s.wantsTask(task.id(), task.principal())
                        && catalog.view(s.principal()).mayPollTask(task.tool()));
    }

    private void send(String method, Json.Obj params, Predicate<Subscription> recipients) {
        for (var subscription : open) {
            if (recipients.test(subscription)) {
                subscription.send(method, params);
            }
        }
    }

    /** Ends the subscription with this id on a connection. */
    void cancel(Channel.Connection connection, @Nullable RequestId id) {
        open.stream().filter(s -> s.isOn(connection) && s.id().equals(id)).forEach(Subscription::cancelled);
    }

    /** Ends the subscriptions of a closed connection. */
    void closed(Channel.Connection connection) {
        open.stream().filter(s -> s.isOn(connection)).forEach(Subscription::cancelled);
    }

    /** Ends all streams with their results, because the server stops. */
    void endAll() {
        stopping = true;
        open.forEach(subscription -> subscription.endWithResult(results, STOPPING));
    }

    static byte[] cancelledNotification(RequestId id, String reason) {
        return MessageWriter.notification(
                "notifications/cancelled",
                Json.object()
                        .put("requestId", new Json.Raw(id.json().getBytes(StandardCharsets.UTF_8)))
                        .put("reason", reason)
                        .build());
    }
}

package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.business.session.Quantity;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driving.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open {@code subscriptions/listen} streams, and what is sent on them. */
final class SubscriptionRegistry {
    private final Quantity quantity;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    SubscriptionRegistry(Quantity quantity) {
        this.quantity = quantity;
    }

    /** Takes a place for it, which it gives back when it ends; false when there is none. */
    boolean admit(Subscription subscription) {
        var principal = subscription.principal();
        long weight = subscription.weight();
        if (!quantity.take(principal, 1, weight)) {
            return false;
        }
        open.add(subscription);
        subscription.onEnd(() -> {
            open.remove(subscription);
            quantity.give(principal, 1, weight);
        });
        return true;
    }

    /** Opens one that was admitted: its acknowledgement is its first message, and when the server stops the result. */
    void open(Subscription subscription, ModernResults results) {
        subscription.acknowledge();
        if (stopping) {
            subscription.endWithResult(results);
        }
    }

    /** A list of the catalogue changed. */
    void changed(Registry.Kind kind) {
        send("notifications/" + kind.wire() + "/list_changed", Json.Obj.EMPTY, s -> s.wants(kind));
    }

    /** A resource holds something else now. */
    void updated(String uri) {
        send("notifications/resources/updated", Json.object().put("uri", uri).build(), s -> s.wantsResource(uri));
    }

    /** A task moved on. */
    void changed(Task task) {
        send("notifications/tasks", TaskMethods.json(task), s -> s.wantsTask(task.id(), task.principal()));
    }

    private void send(String method, Json.Obj params, Predicate<Subscription> recipients) {
        for (var subscription : open) {
            if (recipients.test(subscription)) {
                subscription.send(method, params);
            }
        }
    }

    /** The client does not listen any more under this id. */
    void cancel(Channel.Connection connection, @Nullable RequestId id) {
        open.stream().filter(s -> s.isOn(connection) && s.id().equals(id)).forEach(Subscription::cancelled);
    }

    /** The connection is gone. */
    void closed(Channel.Connection connection) {
        open.stream().filter(s -> s.isOn(connection)).forEach(Subscription::cancelled);
    }

    /** The server stops: every stream ends with its result. */
    void endAll(ModernResults results) {
        stopping = true;
        open.forEach(subscription -> subscription.endWithResult(results));
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    static byte[] cancelledNotification(RequestId id) {
        return MessageWriter.notification(
                "notifications/cancelled",
                Json.object()
                        .put("requestId", new Json.Raw(id.json().getBytes(StandardCharsets.UTF_8)))
                        .put("reason", "The server is stopping")
                        .build());
    }
}

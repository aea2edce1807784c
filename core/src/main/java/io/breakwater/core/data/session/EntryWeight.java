package io.breakwater.core.data.session;

import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driven.Tasks.Task;
import java.util.Map;

/** The approximate size in memory of the variable parts of sessions and tasks, which clients determine. */
final class EntryWeight {
    /** The size of a text, or of an entry of a set or map, without its characters. */
    private static final int OBJECT = 100;

    private static final int REFERENCE = 8;

    private EntryWeight() {}

    /** Returns the size of the client information and of the subscribed URIs. */
    static long of(Session session) {
        long weight = of(session.client());
        for (var uri : session.subscriptions()) {
            weight += of(uri);
        }
        return weight;
    }

    /** Returns the size of a task's outcome and of its client requests. */
    static long of(Task task) {
        var outcome = task.outcome();
        return of(task.inputRequests()) + (outcome == null ? 0 : of(outcome));
    }

    private static long of(Json json) {
        return switch (json) {
            case Json.Raw(var utf8) -> OBJECT + (long) utf8.length;
            case Json.Text(var text) -> of(text);
            case Json.Obj(var members) -> of(members);
            case Json.Arr(var items) ->
                OBJECT + items.stream().mapToLong(EntryWeight::of).sum();
            case Json.Decimal number -> OBJECT + (long) number.value().precision();
            case Json.Bool ignored -> REFERENCE;
            case Json.Null ignored -> REFERENCE;
        };
    }

    private static long of(Map<String, Json> members) {
        long weight = OBJECT;
        for (var member : members.entrySet()) {
            weight += of(member.getKey()) + of(member.getValue());
        }
        return weight;
    }

    private static long of(String text) {
        return OBJECT + 2L * text.length();
    }
}

package io.breakwater.adapter.postgres.store;

import io.breakwater.port.Json;

/** Reads the members of results that this module has recorded. */
final class RecordedMember {
    private RecordedMember() {}

    static String text(Json.Obj recorded, String name) {
        var text = recorded.text(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    static long number(Json.Obj recorded, String name) {
        if (recorded.get(name) instanceof Json.Decimal(var number)) {
            return number.longValueExact();
        }
        throw missing(name);
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("A result in the table idempotency lacks the member " + name + ".");
    }
}

package io.breakwater.port;

import java.util.Iterator;
import java.util.function.Consumer;

/** Writes JSON on many lines. Not thread-safe. */
final class IndentedJson {
    private static final String STEP = "  ";

    private final JsonWriter out;

    IndentedJson(JsonWriter out) {
        this.out = out;
    }

    void value(Json json, int depth) {
        switch (json) {
            case Json.Obj(var members) ->
                block('{', '}', members.entrySet().iterator(), depth, member -> {
                    out.string(member.getKey()).ascii(": ");
                    value(member.getValue(), depth + 1);
                });
            case Json.Arr(var items) -> block('[', ']', items.iterator(), depth, item -> value(item, depth + 1));
            default -> out.json(json);
        }
    }

    private <T> void block(char open, char close, Iterator<T> parts, int depth, Consumer<T> each) {
        out.character(open);
        boolean empty = !parts.hasNext();
        while (parts.hasNext()) {
            newLine(depth + 1);
            each.accept(parts.next());
            if (parts.hasNext()) {
                out.character(',');
            }
        }
        if (!empty) {
            newLine(depth);
        }
        out.character(close);
    }

    private void newLine(int depth) {
        out.character('\n').ascii(STEP.repeat(depth));
    }
}

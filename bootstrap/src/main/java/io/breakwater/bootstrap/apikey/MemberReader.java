package io.breakwater.bootstrap.apikey;

import io.breakwater.port.Json;
import io.breakwater.port.support.NameSuggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the members of one JSON object strictly. The messages say where the object is. */
final class MemberReader {
    private final String place;
    private final Json.Obj object;
    private final Set<String> known = new LinkedHashSet<>();

    private MemberReader(String place, Json.Obj object) {
        this.place = place;
        this.object = object;
    }

    /**
     * Reads an object.
     *
     * @param place where the object is, such as {@code keys[0]}; empty for the whole document
     */
    static MemberReader of(String place, Json value) {
        if (value instanceof Json.Obj object) {
            return new MemberReader(place, object);
        }
        throw new InvalidKeysFileException((place.isEmpty() ? "the file" : place) + " must be a JSON object");
    }

    /** Returns a member that must be a text. */
    String text(String name) {
        var text = optionalText(name);
        if (text == null) {
            throw invalid(name, "is missing");
        }
        return text;
    }

    /** Returns a member that may be absent or null. */
    @Nullable
    String optionalText(String name) {
        return switch (member(name)) {
            case null -> null;
            case Json.Text(var text) -> text;
            default -> throw invalid(name, "must be a string");
        };
    }

    List<String> texts(String name) {
        return items(name).stream().map(item -> textIn(name, item)).toList();
    }

    private String textIn(String name, Json item) {
        if (item instanceof Json.Text(var text)) {
            return text;
        }
        throw invalid(name, "must contain strings only");
    }

    /** Returns the items of an array; none if it is absent. */
    List<Json> items(String name) {
        return switch (member(name)) {
            case null -> List.of();
            case Json.Arr(var items) -> items;
            default -> throw invalid(name, "must be an array");
        };
    }

    @Nullable
    Instant optionalTime(String name) {
        var text = optionalText(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw invalid(name, "must be a time such as 2030-01-31T12:00:00Z");
        }
    }

    Instant time(String name) {
        var time = optionalTime(name);
        if (time == null) {
            throw invalid(name, "is missing");
        }
        return time;
    }

    private @Nullable Json member(String name) {
        known.add(name);
        var value = object.get(name);
        return value instanceof Json.Null ? null : value;
    }

    /** Refuses members that were not read. */
    void refuseOthers() {
        for (var name : object.members().keySet()) {
            if (!known.contains(name)) {
                var hint = NameSuggestion.hint(name, known).orElse("known here: " + String.join(", ", known));
                throw invalid(name, "is not a member that exists; " + hint);
            }
        }
    }

    InvalidKeysFileException invalid(String name, String problem) {
        return new InvalidKeysFileException(at(name) + " " + problem);
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }
}

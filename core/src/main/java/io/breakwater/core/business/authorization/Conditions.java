package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import io.breakwater.server.settings.ArgumentCondition;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The conditions of a rule on the arguments. */
final class Conditions implements CompiledRule.ArgumentCheck {
    private final List<Condition> conditions;

    private Conditions(List<Condition> conditions) {
        this.conditions = conditions;
    }

    static Conditions of(List<ArgumentCondition> conditions) {
        return new Conditions(conditions.stream()
                .map(condition -> new Condition(path(condition.pointer()), test(condition.test())))
                .toList());
    }

    @Override
    public Match match(Json.Obj arguments) {
        var match = Match.YES;
        for (var condition : conditions) {
            match = match.and(condition.match(arguments));
        }
        return match;
    }

    static List<String> path(String pointer) {
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static Function<Json, Match> test(ArgumentCondition.Test test) {
        return switch (test) {
            case ArgumentCondition.Equal(var expected) -> value -> JsonMatch.equal(expected, value);
            case ArgumentCondition.In(var expected) -> value -> JsonMatch.in(expected, value);
            case ArgumentCondition.MaxLength(int length) -> value -> atMost(length, value);
            case ArgumentCondition.Glob(var pattern) -> {
                var glob = Glob.of(pattern);
                yield value -> value instanceof Json.Text(var text) ? Match.of(glob.matches(text)) : Match.ERROR;
            }
        };
    }

    private static Match atMost(int length, Json value) {
        return switch (value) {
            case Json.Text(var text) -> Match.of(text.codePointCount(0, text.length()) <= length);
            case Json.Arr(var items) -> Match.of(items.size() <= length);
            default -> Match.ERROR;
        };
    }

    private record Condition(List<String> path, Function<Json, Match> test) {
        Match match(Json.Obj arguments) {
            var value = JsonMatch.find(arguments, path);
            return value == null ? Match.NO : test.apply(value);
        }
    }
}

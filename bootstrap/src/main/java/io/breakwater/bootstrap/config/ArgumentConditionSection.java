package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.server.settings.ArgumentCondition;
import io.breakwater.server.settings.ArgumentCondition.Equal;
import io.breakwater.server.settings.ArgumentCondition.Glob;
import io.breakwater.server.settings.ArgumentCondition.In;
import io.breakwater.server.settings.ArgumentCondition.MaxLength;
import io.breakwater.server.settings.ArgumentCondition.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads one item of {@code arguments} in a rule. */
final class ArgumentConditionSection {
    private static final Setting<String> ARGUMENT =
            Setting.text("argument", "/(?:[^~]|~[01]){0,1000}", "a JSON pointer such as /customer/region");
    private static final Setting<Json> EQUAL = Setting.json("equals");
    private static final Setting<Json> IN = Setting.json("in");
    private static final Setting<String> GLOB = Setting.text("glob");
    private static final Setting<Integer> MAX_LENGTH = Setting.atLeast("max-length", 0);

    private static final List<String> TESTS = List.of(EQUAL.name(), IN.name(), GLOB.name(), MAX_LENGTH.name());

    /** The names that an item may have. */
    static final List<String> MEMBERS =
            List.of(ARGUMENT.name(), EQUAL.name(), IN.name(), GLOB.name(), MAX_LENGTH.name());

    private ArgumentConditionSection() {}

    static ArgumentCondition read(SectionReader item) {
        var pointer = item.require(ARGUMENT).orElse("/");
        var tests = new ArrayList<Test>();
        add(item, EQUAL, Equal::new, tests);
        add(item, IN, ArgumentConditionSection::in, tests);
        add(item, GLOB, Glob::new, tests);
        add(item, MAX_LENGTH, MaxLength::new, tests);
        long written =
                TESTS.stream().filter(name -> item.group().get(name) != null).count();
        if (written != 1) {
            item.refuse("a condition has one test", "write one of " + String.join(", ", TESTS));
        }
        return new ArgumentCondition(pointer, tests.isEmpty() ? new MaxLength(0) : tests.getFirst());
    }

    private static <T> void add(SectionReader item, Setting<T> setting, Function<T, Test> factory, List<Test> tests) {
        var value = item.find(setting);
        if (value != null) {
            tests.add(factory.apply(value));
        }
    }

    /** A single value counts as a list of one. */
    private static Test in(Json values) {
        return new In(values instanceof Json.Arr(List<Json> items) ? items : List.of(values));
    }
}

package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes what the validator found into what a caller can use. Most errors become one violation each. A value that fits
 * none of several alternatives is the exception: the validator then tells what is wrong with it under each, most of
 * which is beside the point. Here the alternative that was evidently meant is picked, by its type or by a member that
 * must have one certain value, and only its violations are told.
 */
final class ViolationMapper {
    /** More are not looked at; alternatives can take many of them for one violation. */
    static final int MAX_ERRORS = 10 * ValueSchema.MAX_VIOLATIONS;

    private final ViolationMessages sentences;

    private ViolationMapper(JsonNode schema) {
        this.sentences = new ViolationMessages(schema);
    }

    static List<Violation> of(List<Error> errors, JsonNode schema) {
        return new ViolationMapper(schema)
                .describe(errors, 0).stream()
                        .distinct()
                        .limit(ValueSchema.MAX_VIOLATIONS)
                        .toList();
    }

    /** What the errors say, where those under one choice stand together; choices up to that depth are settled. */
    private List<Violation> describe(List<Error> errors, int depth) {
        var violations = new ArrayList<Violation>();
        int next = 0;
        while (next < errors.size()) {
            var error = errors.get(next);
            var choice = AlternativePath.of(error, depth);
            int end = choice == null ? next + 1 : choice.end(errors, next);
            violations.addAll(
                    choice == null ? List.of(sentences.violation(error)) : choose(choice, errors.subList(next, end)));
            next = end;
        }
        return violations;
    }

    private List<Violation> choose(AlternativePath choice, List<Error> errors) {
        var head = errors.stream().filter(choice::isHead).findFirst();
        var branches = branches(choice, errors);
        if (branches.isEmpty() || head.filter(AlternativePath::fitsSeveral).isPresent()) {
            return head.map(sentences::violation).stream().toList();
        }
        var meant = branches.stream()
                .filter(branch -> branch.stream().noneMatch(choice::rulesOut))
                .toList();
        if (meant.size() == 1) {
            return describe(meant.getFirst(), choice.inside());
        }
        var described = branches.stream()
                .map(branch -> describe(branch, choice.inside()))
                .toList();
        return summary(choice, branches, described);
    }

    private static List<List<Error>> branches(AlternativePath choice, List<Error> errors) {
        var branches = errors.stream()
                .filter(error -> !choice.isHead(error))
                .collect(Collectors.groupingBy(choice::branch, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(branches.values());
    }

    private List<Violation> summary(
            AlternativePath choice, List<List<Error>> branches, List<List<Violation>> described) {
        var common = new ArrayList<>(described.getFirst());
        described.forEach(common::retainAll);
        if (!common.isEmpty()) {
            return common;
        }
        var kinds = kinds(choice, branches);
        if (kinds != null) {
            return List.of(kinds);
        }
        var all = new ArrayList<Violation>();
        all.add(new Violation(choice.pointer(), "fits none of the alternatives"));
        described.forEach(all::addAll);
        return all;
    }

    /** One sentence for all alternatives, where one type or one certain value sets them apart. */
    private @Nullable Violation kinds(AlternativePath choice, List<List<Error>> branches) {
        var telling = branches.stream()
                .map(branch -> branch.stream().filter(choice::rulesOut).findFirst())
                .flatMap(Optional::stream)
                .toList();
        var sites = telling.stream()
                .map(error -> error.getKeyword() + error.getInstanceLocation())
                .collect(Collectors.toSet());
        return telling.size() == branches.size() && sites.size() == 1 ? sentences.oneOf(telling) : null;
    }
}

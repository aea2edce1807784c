package io.breakwater.core.validation;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A keyword with alternatives ({@code anyOf}, {@code oneOf}) on the path of an error.
 *
 * @param path the evaluation path of an error below the keyword
 * @param index the index of the keyword in that path
 * @param location the location of the value that has to match an alternative
 */
record AlternativePath(NodePath path, int index, NodePath location) {

    private static final Set<String> KEYWORDS = Set.of("anyOf", "oneOf");

    /** The keywords that lead to a part of the value and precede a name or an index in the path. */
    private static final Set<String> NAMED_STEPS = Set.of("properties", "patternProperties", "prefixItems");

    private static final Set<String> STEPS =
            Set.of("additionalProperties", "items", "contains", "unevaluatedItems", "unevaluatedProperties");

    /** Returns the first such keyword on the path of the error, at or below that depth, or null. */
    static @Nullable AlternativePath findFirst(Error error, int depth) {
        var path = error.getEvaluationPath();
        for (int i = depth; i < path.getNameCount(); i++) {
            boolean last = i == path.getNameCount() - 1;
            if (KEYWORDS.contains(path.getName(i)) && (last || path.getElement(i + 1) instanceof Integer)) {
                return new AlternativePath(path, i, locate(error, i));
            }
        }
        return null;
    }

    /** Removes the steps below the keyword from the location of the error. */
    private static NodePath locate(Error error, int index) {
        var path = error.getEvaluationPath();
        var location = error.getInstanceLocation();
        for (int i = index + 2; i < path.getNameCount() - 1; i++) {
            boolean named = NAMED_STEPS.contains(path.getName(i));
            if (named || STEPS.contains(path.getName(i))) {
                location = location.getParent();
            }
            i += named ? 1 : 0;
        }
        return location;
    }

    /** Returns the index after the last consecutive error below the keyword. */
    int end(List<Error> errors, int from) {
        int end = from;
        while (end < errors.size() && leadsThrough(errors.get(end).getEvaluationPath())) {
            end++;
        }
        return end;
    }

    private boolean leadsThrough(NodePath other) {
        if (other.getNameCount() <= index) {
            return false;
        }
        for (int i = index; i >= 0; i--) {
            if (!path.getElement(i).equals(other.getElement(i))) {
                return false;
            }
        }
        return true;
    }

    /** True when the error reports the keyword as a whole, and not one alternative. */
    boolean isSummary(Error error) {
        return error.getEvaluationPath().getNameCount() == index + 1;
    }

    static boolean matchesSeveral(Error head) {
        return "oneOf.indexes".equals(head.getMessageKey());
    }

    /** Returns the alternative that an error belongs to. */
    String branch(Error error) {
        return error.getEvaluationPath().getName(index + 1);
    }

    /** True when the error shows that the value was meant for another alternative. */
    boolean rulesOut(Error error) {
        int deeper = error.getInstanceLocation().getNameCount() - location.getNameCount();
        return switch (error.getKeyword()) {
            case "type" -> deeper == 0;
            case "const" -> deeper <= 1;
            default -> false;
        };
    }

    /** The depth below the index of the alternative. */
    int innerDepth() {
        return index + 2;
    }

    String pointer() {
        return location.toString();
    }
}

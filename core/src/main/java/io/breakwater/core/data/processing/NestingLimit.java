package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Follows the brackets of an expression and refuses what the evaluator's parser cannot bear. */
final class NestingLimit {
    /** The words that begin a function. */
    static final Set<String> LAMBDA = Set.of("function", "λ");

    private static final int MAX_BRACKETS = 64;
    private static final int MAX_FALLBACKS = 64;
    private static final int MAX_FALLBACKS_WITHIN = 3;

    private final Deque<Bracket> open = new ArrayDeque<>();
    private int fallbacks;
    private boolean parametersJustClosed;

    NestingLimit() {
        open.push(new Bracket(false));
    }

    /** True inside the parentheses behind {@code function}. */
    boolean inParameters() {
        return innermost().parameters;
    }

    /** An operator, and the token before it. */
    void see(String operator, String before) {
        if (operator.equals("<") && parametersJustClosed) {
            throw new ProcessingException(
                    "Signatures of functions are not offered; write function($x){...} without <...>.");
        }
        parametersJustClosed = false;
        switch (operator) {
            case "(", "[", "{" -> open(operator.equals("(") && LAMBDA.contains(before));
            case ")", "]", "}" -> close();
            case ",", ";" -> innermost().endOfPart();
            case "?:", "??" -> fallback();
            default -> {}
        }
    }

    private Bracket innermost() {
        return open.getFirst();
    }

    private void open(boolean parameters) {
        if (open.size() > MAX_BRACKETS) {
            throw new ProcessingException("The expression nests brackets deeper than " + MAX_BRACKETS + " levels.");
        }
        open.push(new Bracket(parameters));
    }

    private void close() {
        if (open.size() > 1) {
            var closed = open.pop();
            closed.endOfPart();
            innermost().left = Math.max(innermost().left, closed.deepest);
            parametersJustClosed = closed.parameters;
        }
    }

    /** The parser copies the left side, so fallbacks within the left side of fallbacks double its work. */
    private void fallback() {
        var bracket = innermost();
        bracket.deepest = Math.max(bracket.deepest, bracket.left + 1);
        bracket.left = 0;
        if (bracket.deepest > MAX_FALLBACKS_WITHIN || ++fallbacks > MAX_FALLBACKS) {
            throw new ProcessingException(
                    ("The expression has more than %d operators ?: and ??, or more than %d of them one within the"
                                    + " left side of another; use a condition ? ... : ... instead.")
                            .formatted(MAX_FALLBACKS, MAX_FALLBACKS_WITHIN));
        }
    }

    /** One pair of brackets and how deeply fallbacks are wrapped into left sides in it. */
    private static final class Bracket {
        private final boolean parameters;
        private int left;
        private int deepest;

        private Bracket(boolean parameters) {
            this.parameters = parameters;
        }

        private void endOfPart() {
            deepest = Math.max(deepest, left);
            left = 0;
        }
    }
}

package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ClosestWord;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.validation.Regex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an expression before the evaluator does, with the same tokens, and
 *
 * <ul>
 *   <li>replaces regular expression literals with variables, so that {@link Regex} runs them, which always ends,
 *       instead of the evaluator;
 *   <li>refuses names that are neither functions nor assigned, and suggests a similar name;
 *   <li>refuses what the parser of the evaluator cannot handle safely: the hooks that limit an evaluation are
 *       variables, which an expression could assign; parsing copies the left side of {@code ?:} and {@code ??} each
 *       time; and function signatures are regular expressions.
 * </ul>
 *
 * <p>If this reader ever reads a token differently from the evaluator, the expression is refused during evaluation
 * ({@code EvaluationSandbox}).
 */
final class ExpressionReader {
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final List<String> LONG_OPERATORS = List.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in");
    private static final String RESERVED = "__";
    /** The parser translates {@code a ?? b} into a call of this function. */
    private static final String COALESCE_FUNCTION = "exists";

    private static final int MAX_PATTERNS = 100;

    private final String source;
    private final StringBuilder rewritten;
    private final NestingLimit nesting = new NestingLimit();
    private final List<Regex> patterns = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> assigned = new LinkedHashSet<>();
    private String lastVariable = "";
    private String lastToken = "";
    private boolean member;
    private boolean operandExpected = true;
    private int position;

    private ExpressionReader(String source) {
        this.source = source;
        this.rewritten = new StringBuilder(source);
    }

    /**
     * Reads an expression.
     *
     * @throws ProcessingException if it cannot be evaluated safely, or uses an unknown name
     * @throws io.breakwater.core.validation.RejectedInputException if one of its regular expressions is refused
     */
    static Expression read(String source) {
        var reader = new ExpressionReader(source);
        while (reader.position < source.length()) {
            reader.next(source.charAt(reader.position));
        }
        return new Expression(reader.rewritten.toString(), reader.functions(), reader.patterns);
    }

    private Set<String> functions() {
        var supported = FunctionLibrary.names();
        for (var name : used) {
            if (!name.isEmpty() && !name.equals("$") && !supported.contains(name) && !assigned.contains(name)) {
                var known = new TreeSet<>(supported);
                known.addAll(assigned);
                throw new ProcessingException("The expression uses $%s, which is neither a function nor assigned%s."
                        .formatted(name, ClosestWord.hint(name, known)));
            }
        }
        used.retainAll(supported);
        used.add(COALESCE_FUNCTION);
        return used;
    }

    private void next(char c) {
        if (" \t\n\r".indexOf(c) >= 0) {
            position++;
        } else if (source.startsWith("/*", position)) {
            position = indexAfter("*/", position + 2);
        } else if (c == '/' && operandExpected) {
            regex();
        } else if (OPERATORS.indexOf(c) >= 0) {
            operator();
        } else if (c == '"' || c == '\'') {
            position = endOfText(c);
            operand("text");
        } else if (c == '`') {
            int start = position + 1;
            position = indexAfter("`", start);
            operand(source.substring(start, Math.max(start, position - 1)));
        } else {
            word();
        }
    }

    private void operand(String token) {
        member = lastToken.equals(".");
        lastToken = token;
        operandExpected = false;
    }

    private int indexAfter(String end, int from) {
        int found = source.indexOf(end, from);
        return found < 0 ? source.length() : found + end.length();
    }

    private int endOfText(char quote) {
        int i = position + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, source.length());
    }

    private void word() {
        int start = position;
        while (position < source.length()
                && " \t\n\r".indexOf(source.charAt(position)) < 0
                && OPERATORS.indexOf(source.charAt(position)) < 0) {
            position++;
        }
        var word = source.substring(start, position);
        if (word.charAt(0) == '$') {
            variable(word.substring(1));
        } else if (WORD_OPERATORS.contains(word) && !operandExpected) {
            lastToken = word;
            operandExpected = true;
        } else {
            operand(word);
        }
    }

    private void variable(String name) {
        if (name.startsWith(RESERVED)) {
            throw new ProcessingException("Names that begin with $__ are reserved; rename $%s.".formatted(name));
        }
        used.add(name);
        if (lastToken.equals("@") || lastToken.equals("#") || nesting.inParameters()) {
            assigned.add(name);
        }
        lastVariable = name;
        operand("variable");
    }

    private void operator() {
        var operator = LONG_OPERATORS.stream()
                .filter(candidate -> source.startsWith(candidate, position))
                .findFirst()
                .orElseGet(() -> source.substring(position, position + 1));
        if (operator.equals("(") && !operandExpected && !isCallable()) {
            throw new ProcessingException(
                    "'%s' is followed by a parenthesis but is not a function; names of functions begin with $%s."
                            .formatted(lastToken, ClosestWord.hint(lastToken, FunctionLibrary.names())));
        }
        nesting.process(operator, lastToken);
        if (operator.equals(":=") && lastToken.equals("variable")) {
            assigned.add(lastVariable);
        }
        operandExpected = leavesOperandExpected(operator);
        lastToken = operator;
        position += operator.length();
    }

    /**
     * Returns true if a parenthesis may follow. For anything that is not a function, the evaluator would print the data
     * to the console.
     */
    private boolean isCallable() {
        return member
                || lastToken.equals("variable")
                || ")]}".contains(lastToken)
                || NestingLimit.LAMBDA.contains(lastToken);
    }

    /**
     * Returns true if an operand follows: {@code * ** %} are operators or operands, and {@code ?} is an operand if an
     * argument is left open.
     */
    private boolean leavesOperandExpected(String operator) {
        return switch (operator) {
            case ")", "]", "}" -> false;
            case "*", "**", "%", "?" -> !operandExpected;
            default -> true;
        };
    }

    private void regex() {
        int start = position;
        int end = RegexLiteral.end(source, start + 1);
        int flags = end + 1;
        position = flags;
        while (position < source.length() && (source.charAt(position) == 'i' || source.charAt(position) == 'm')) {
            position++;
        }
        if (patterns.size() == MAX_PATTERNS) {
            throw new ProcessingException("The expression has more than " + MAX_PATTERNS + " regular expressions.");
        }
        var variable = "$" + Expression.patternName(patterns.size());
        rewritten.replace(start, position, variable + " ".repeat(position - start - variable.length()));
        patterns.add(Regex.compile(source.substring(start + 1, end), source.substring(flags, position)));
        operand("variable");
    }
}

package io.breakwater.adapter.postgres.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds uses of types whose values the server creates, or processes, without a check for interrupts. */
final class UnboundedTypes {
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    private final List<Token> tokens;
    private final Brackets brackets;
    private final int[] starts;
    private final boolean columns;

    UnboundedTypes(List<Token> tokens, Brackets brackets) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.starts = starts(tokens);
        this.columns = tokens.stream().anyMatch(token -> token.is("JSON_TABLE") || token.is("XMLTABLE"));
    }

    /** Returns for each token the beginning of the dotted name that ends with it, found in one pass. */
    private static int[] starts(List<Token> tokens) {
        var starts = new int[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            boolean goesOn = i > 1
                    && tokens.get(i).isName()
                    && tokens.get(i - 1).is('.')
                    && tokens.get(i - 2).isName();
            starts[i] = goesOn ? starts[i - 2] : i;
        }
        return starts;
    }

    /** Returns the used types that are always refused. */
    Set<String> always() {
        var found = new HashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            var type = element(i);
            if (isPunctuation(i + 1, "(") && UnboundedFunctions.MADE_BY.containsKey(type)) {
                found.add(UnboundedFunctions.MADE_BY.get(type));
            }
            if (UnboundedFunctions.TYPES.contains(type) && (isMade(i) || isCast(i) || isLiteral(i) || isCall(i))) {
                found.add(type);
            }
        }
        return found;
    }

    /** Returns the input function of the type that the token names, or an empty text. */
    String input(int i, ShortConstants constants, boolean afterConstant) {
        var input = UnboundedFunctions.INPUTS.getOrDefault(element(i), "");
        if (input.isEmpty() || isMade(i)) {
            return input;
        }
        boolean written = isPunctuation(starts[i] - 1, "::") && !afterConstant;
        boolean cast = !isPunctuation(starts[i] - 1, "::") && isCast(i);
        int open = brackets.enclosing(i);
        return written || (cast && constants.after(open + 1) != starts[i] - 1) ? input : "";
    }

    /** Returns the name of a type, or of the element type of an array. */
    private String element(int i) {
        var token = tokens.get(i);
        if (!token.isName()) {
            return "";
        }
        return token.value().startsWith("_") ? token.value().substring(1) : token.value();
    }

    /** Whether the type is used as a field, a result type or a column type, and so never for a constant. */
    private boolean isMade(int i) {
        return isField(i) || isResult(i) || isColumn(i);
    }

    /** Whether it is a field: {@code (x).xml}. */
    boolean isField(int i) {
        return isPunctuation(i - 1, ".") && (isPunctuation(i - 2, ")") || isPunctuation(i - 2, "]"));
    }

    /** Whether it is a result type: {@code JSON_VALUE(… RETURNING xml)}. */
    private boolean isResult(int i) {
        int open = brackets.enclosing(i);
        return open > 0
                && starts[i] > 0
                && tokens.get(starts[i] - 1).is("RETURNING")
                && tokens.get(open - 1).value().startsWith("json");
    }

    /** Whether it is a column type, {@code AS t (a xml)}: a name and a type in parentheses that contain no query. */
    private boolean isColumn(int i) {
        int name = starts[i] - 1;
        int open = brackets.enclosing(i);
        return open >= 0
                && name > open
                && tokens.get(name).isName()
                && !isReserved(name)
                && (isPunctuation(name - 1, "(") || isPunctuation(name - 1, ","))
                && !QUERIES.contains(tokens.get(open + 1).value());
    }

    /** Whether it is the target of a cast: {@code x::xml} or {@code CAST(x AS xml)}. */
    private boolean isCast(int i) {
        int open = brackets.enclosing(i);
        return isPunctuation(starts[i] - 1, "::")
                || (open > 0
                        && starts[i] > 0
                        && tokens.get(starts[i] - 1).is("AS")
                        && tokens.get(open - 1).is("CAST"));
    }

    /** Whether it is the type of a literal, {@code path '…'}, and not the path of a column in a document. */
    private boolean isLiteral(int i) {
        boolean typed = i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.STRING;
        int before = starts[i] - 1;
        boolean part = columns
                && before >= 0
                && ((tokens.get(before).isName() && !isReserved(before))
                        || isPunctuation(before, ")")
                        || isPunctuation(before, "]"));
        return typed && !part;
    }

    /** Whether it is a call, and not the name of a table, a common table expression or an alias with its columns. */
    private boolean isCall(int i) {
        if (!isPunctuation(i + 1, "(")) {
            return false;
        }
        int after = brackets.closing(i + 1) + 1;
        int before = starts[i] - 1;
        boolean defines = after < tokens.size() && tokens.get(after).is("AS") && isPunctuation(after + 1, "(");
        boolean alias = before >= 0
                && (isPunctuation(before, ")")
                        || tokens.get(before).is("AS")
                        || tokens.get(before).is("INTO")
                        || (tokens.get(before).isName() && !isReserved(before)));
        return !defines && !alias;
    }

    private boolean isReserved(int i) {
        return tokens.get(i).kind() == Token.Kind.WORD
                && Keywords.RESERVED.contains(tokens.get(i).value());
    }

    private boolean isPunctuation(int at, String symbol) {
        return at >= 0
                && at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.PUNCTUATION
                && tokens.get(at).value().equals(symbol);
    }
}

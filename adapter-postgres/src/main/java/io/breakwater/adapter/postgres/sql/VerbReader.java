package io.breakwater.adapter.postgres.sql;

import io.breakwater.adapter.postgres.sql.StatementVerb.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Determines the verb of a statement. */
final class VerbReader {
    private static final Set<String> QUERIES = Set.of("select", "values", "table");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> TRANSACTIONS =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

    private VerbReader() {}

    static StatementVerb of(String source, List<Token> statement) {
        var tokens = Parentheses.withoutOuter(statement);
        var first = tokens.isEmpty() || tokens.getFirst().kind() != Token.Kind.WORD
                ? ""
                : tokens.getFirst().value();
        return switch (first) {
            case "with" -> WithClause.verb(source, tokens);
            case "show" -> show(source, tokens);
            case "explain" -> explain(source, tokens);
            default -> simple(source, tokens.isEmpty() ? statement : tokens, first);
        };
    }

    /** Returns the verb of a statement without WITH, SHOW and EXPLAIN. */
    private static StatementVerb simple(String source, List<Token> tokens, String word) {
        if (isQuery(tokens)) {
            return new StatementVerb.Query(null);
        }
        if (CHANGES.contains(word)) {
            return change(word);
        }
        if (TRANSACTIONS.contains(word)
                || (word.equals("prepare") && tokens.size() > 1 && tokens.get(1).is("TRANSACTION"))) {
            return new StatementVerb.TransactionControl(word.toUpperCase(Locale.ROOT));
        }
        if (word.isEmpty()) {
            throw SyntaxRefusals.at(
                    source, tokens.getFirst().start(), "A statement must begin with a key word, for example SELECT");
        }
        return new StatementVerb.Other(word.toUpperCase(Locale.ROOT));
    }

    /** Returns the change that begins with a token, or null. */
    static @Nullable Change changeAt(Token token) {
        return token.kind() == Token.Kind.WORD && CHANGES.contains(token.value()) ? change(token.value()) : null;
    }

    private static Change change(String word) {
        return Change.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static StatementVerb mainVerb(String source, List<Token> tokens) {
        var word =
                tokens.getFirst().kind() == Token.Kind.WORD ? tokens.getFirst().value() : "";
        return simple(source, tokens, word);
    }

    private static StatementVerb show(String source, List<Token> tokens) {
        var words = tokens.subList(1, tokens.size());
        var written = words.stream().map(Token::value).collect(Collectors.joining(" "));
        var setting = switch (written) {
            case "time zone" -> "timezone";
            case "transaction isolation level" -> "transaction_isolation";
            case "session authorization" -> "session_authorization";
            default -> words.stream().map(Token::value).collect(Collectors.joining());
        };
        boolean name = !words.isEmpty()
                && (words.size() == 1 || isDotted(words) || (!written.equals(setting) && words.size() <= 3))
                && words.getFirst().isName();
        if (!name) {
            throw SyntaxRefusals.at(source, tokens.getFirst().start(), "SHOW requires the name of one setting");
        }
        return new StatementVerb.Show(setting.toLowerCase(Locale.ROOT));
    }

    private static boolean isDotted(List<Token> words) {
        for (int i = 0; i < words.size(); i++) {
            if (i % 2 == 0 ? !words.get(i).isName() : !words.get(i).is('.')) {
                return false;
            }
        }
        return words.size() % 2 == 1;
    }

    private static StatementVerb explain(String source, List<Token> tokens) {
        Map<String, String> options = new HashMap<>();
        int at = 1;
        if (at + 1 < tokens.size() && tokens.get(at).is('(') && !isQuery(tokens.subList(at, tokens.size()))) {
            int end = Parentheses.after(tokens, at);
            ExplainOptions.read(tokens.subList(at + 1, Math.max(end - 1, at + 1)), options);
            at = end;
        } else {
            while (at < tokens.size() && ExplainOptions.isOldStyle(tokens.get(at))) {
                options.put(tokens.get(at++).value(), "true");
            }
        }
        if (at == tokens.size()) {
            throw SyntaxRefusals.at(source, tokens.getFirst().start(), "EXPLAIN requires a statement to explain");
        }
        return new StatementVerb.Explain(options, explained(source, tokens.subList(at, tokens.size())));
    }

    /** Refuses a nested EXPLAIN, which the server does not support and which could be nested thousands of times. */
    private static SqlStatement explained(String source, List<Token> tokens) {
        if (Parentheses.firstInside(tokens).filter(token -> token.is("EXPLAIN")).isPresent()) {
            throw SyntaxRefusals.at(source, tokens.getFirst().start(), "EXPLAIN cannot be explained");
        }
        return StatementAnalyzer.of(source, tokens);
    }

    private static boolean isQuery(List<Token> tokens) {
        return Parentheses.firstInside(tokens).filter(VerbReader::beginsQuery).isPresent();
    }

    private static boolean beginsQuery(Token token) {
        return token.is("WITH") || (token.kind() == Token.Kind.WORD && QUERIES.contains(token.value()));
    }
}

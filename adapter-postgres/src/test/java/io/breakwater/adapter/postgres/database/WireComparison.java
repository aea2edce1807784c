package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.sample.postgres.FrontendMessage;
import io.breakwater.sample.postgres.Transcript;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what was heard on the wire with what may be sent. It first learns the texts of our own, from calls whose
 * statements are known: what sets a connection up, and queries of the catalog. Afterwards a text is one of those, a
 * {@linkplain FramePart part of the frame}, or a statement of the call, byte for byte. So nothing of ours can hold
 * anything of the caller's. Not thread-safe.
 */
final class WireComparison {
    private static final String UNKNOWN = "?";

    private final Transcript transcript;
    private final Set<String> own = new HashSet<>();
    private final Map<String, String> named = new HashMap<>(); // by connection and name
    private final Map<Integer, StringBuilder> open = new HashMap<>(); // by connection
    private final Map<String, Integer> words = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private long compared;

    WireComparison(Transcript transcript) {
        this.transcript = transcript;
    }

    /** Learns what is ours from what was sent for these statements. */
    void learn(List<String> statements) {
        for (var entry : transcript.take()) {
            var message = entry.message();
            if (message.type() == 'P' || message.type() == 'Q') {
                learn(text(message), statements);
            }
            hear(entry.connection(), message, statements);
        }
        words.clear();
        compared = 0;
    }

    private void learn(String sql, List<String> statements) {
        boolean framed = FramePart.of(sql).isPresent() || FramePart.letterOf(sql, statements) != 0;
        if (!framed && statements.stream().noneMatch(sql::contains)) {
            own.add(sql);
            require(US_ASCII.newEncoder().canEncode(sql), "is ours, and not in the encoding of every database: " + sql);
        }
    }

    /**
     * Compares what was sent since the last time.
     *
     * @param statements what the call had to say, in its order; nothing if nothing may be sent
     * @return whether any of it was sent
     */
    boolean compare(List<String> statements) {
        boolean sent = false;
        for (var entry : transcript.take()) {
            sent |= hear(entry.connection(), entry.message(), statements);
        }
        return sent;
    }

    private boolean hear(int connection, FrontendMessage message, List<String> statements) {
        var word = open.computeIfAbsent(connection, unseen -> new StringBuilder());
        switch (message.type()) {
            case 'P' -> {
                compared++;
                return parse(connection, message, word, statements);
            }
            case 'B' -> bind(connection, message, word);
            case 'Q' -> {
                compared++;
                require(own.contains(text(message)), "a simple Query: " + text(message));
            }
            case 'S' -> end(word);
            default -> {
                // asks for nothing to be parsed
            }
        }
        return false;
    }

    private boolean parse(int connection, FrontendMessage message, StringBuilder word, List<String> statements) {
        var sql = text(message);
        char ours = FramePart.of(sql).map(FramePart::letter).orElse(own.contains(sql) ? FramePart.OWN : 0);
        if (!message.name().isEmpty()) {
            named.put(connection + " " + message.name(), String.valueOf(ours));
            require(ours != 0, "is kept prepared and not ours: " + sql);
            return false;
        }
        char statement = FramePart.letterOf(sql, statements);
        require(ours != 0 || statement != 0, "is neither frame nor statement: " + sql);
        word.append(statement == 0 && ours == 0 ? UNKNOWN : String.valueOf(statement != 0 ? statement : ours));
        return statement != 0;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            differences.add(otherwise);
        }
    }

    private void bind(int connection, FrontendMessage message, StringBuilder word) {
        if (!message.statement().isEmpty()) {
            word.append(named.getOrDefault(connection + " " + message.statement(), UNKNOWN));
        }
    }

    private void end(StringBuilder word) {
        require(FramePart.MESSAGE.matcher(word).matches(), "is no message of ours: " + word);
        words.merge(word.toString(), 1, Integer::sum);
        word.setLength(0);
    }

    private static String text(FrontendMessage message) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(message.sql())).toString();
        } catch (CharacterCodingException e) {
            return "not UTF-8: " + new String(message.sql(), UTF_8);
        }
    }

    /** The texts that were compared. */
    long compared() {
        return compared;
    }

    /** What was sent and must not have been. */
    List<String> differences() {
        return differences;
    }

    /** How often each message was sent, by its letters. */
    Map<String, Integer> words() {
        return words;
    }
}

package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id of a JSON-RPC request that arrives in pieces and is too long to be stored. Clients write the id first or
 * last, so the whole message is scanned, in one pass and a fixed amount of memory.
 *
 * <p>This is not a parser: it counts brackets outside strings and reads the members of the outermost object. It ignores
 * ids with escapes and ids of more than 128 bytes. A message without a method is a client response, and its id is that
 * of the server's request. Not thread-safe.
 */
final class RequestIdScanner {
    private static final int MAX_TOKEN = 128;
    private static final Pattern ID = Pattern.compile("-?(0|[1-9][0-9]{0,17})|\"[ !#-\\[\\]-~]{0,126}\"");

    private final ByteArrayOutputStream token = new ByteArrayOutputStream();
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean ended;
    private String key = "";
    private @Nullable String id;
    private int ids;
    private boolean request;

    /** Scans the next piece. */
    void scan(byte[] bytes, int from, int to) {
        for (int i = from; i < to && !ended; i++) {
            if (inString) {
                inString(bytes[i]);
            } else {
                outside(bytes[i]);
            }
        }
    }

    /** The JSON text of the id; null when there is none that is certain. */
    @Nullable
    String requestId() {
        return request && ids == 1 ? id : null;
    }

    private void inString(byte next) {
        addToToken(next);
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
        }
    }

    private void outside(byte next) {
        switch (next) {
            case '"' -> {
                inString = true;
                addToToken(next);
            }
            case '{', '[' -> open(next);
            case '}', ']' -> close();
            case ':' -> endKey();
            case ',' -> endMember();
            case ' ', '\t', '\r' -> {}
            default -> addToToken(next);
        }
    }

    private void open(byte bracket) {
        ended = depth == 0 && bracket == '[';
        addToToken(bracket); // a value that is more than a token is not an id
        depth++;
    }

    private void close() {
        endMember();
        depth--;
        ended = depth <= 0;
    }

    private void endKey() {
        if (depth == 1) {
            key = takeToken();
        }
    }

    private void endMember() {
        if (depth != 1) {
            return;
        }
        var value = takeToken();
        switch (key) {
            case "\"method\"" -> request = true;
            case "\"id\"" -> {
                ids++;
                id = ID.matcher(value).matches() ? value : null;
            }
            default -> {}
        }
        key = "";
    }

    /** Only tokens of the outermost object count. One byte beyond the maximum shows that a token is too long. */
    private void addToToken(byte next) {
        if (depth == 1 && token.size() <= MAX_TOKEN) {
            token.write(next);
        }
        ended |= depth == 0 && !inString && next != '{';
    }

    private String takeToken() {
        var text = token.toString(ISO_8859_1);
        token.reset();
        return text;
    }
}

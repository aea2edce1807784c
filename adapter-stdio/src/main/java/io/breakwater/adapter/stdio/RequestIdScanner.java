package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id of a JSON-RPC request that passes by in pieces and is too long to be kept. Clients write the id first or
 * last, so the whole message is looked through, in one pass and a fixed amount of memory.
 *
 * <p>It is no parser: it counts brackets outside strings and looks at the members of the outermost object. Ids with
 * escapes, and those longer than anybody writes, are not read. A message without a method is an answer to a request of
 * ours, and has the id of that. Not thread-safe.
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

    /** Looks through the next piece. */
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
        keep(next);
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
                keep(next);
            }
            case '{', '[' -> open(next);
            case '}', ']' -> close();
            case ':' -> endKey();
            case ',' -> endMember();
            case ' ', '\t', '\r' -> {}
            default -> keep(next);
        }
    }

    private void open(byte bracket) {
        ended = depth == 0 && bracket == '[';
        keep(bracket); // a value that is more than a token is no id
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

    /**
     * Only what stands in the outermost object counts. One byte more than the longest token shows that it is longer.
     */
    private void keep(byte next) {
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

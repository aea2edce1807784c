package io.breakwater.bootstrap.bench;

import java.util.regex.Pattern;

/** As much of HTTP/1.1 as it takes to see that an answer is whole. Another answer may follow it. */
final class Answers {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked\r\n");
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private Answers() {}

    /** How long the answer is; zero while its end has not come. */
    static int end(String answer) {
        int head = answer.indexOf("\r\n\r\n") + 4;
        var length = LENGTH.matcher(answer);
        if (head < 4) {
            return 0;
        }
        if (length.find() && length.start() < head) {
            int end = head + Integer.parseInt(length.group(1));
            return answer.length() < end ? 0 : end;
        }
        var chunked = CHUNKED.matcher(answer);
        int last = chunked.find() && chunked.start() < head ? answer.indexOf(LAST_CHUNK, head - 2) : -1;
        return last < 0 ? 0 : last + LAST_CHUNK.length();
    }
}

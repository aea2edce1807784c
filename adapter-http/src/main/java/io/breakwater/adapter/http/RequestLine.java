package io.breakwater.adapter.http;

import io.netty.buffer.ByteBuf;
import java.io.Serial;

/**
 * Checks that the first line of a request follows RFC 9112 section 3: three words, separated by single spaces. Netty
 * also accepts other white space, and white space before the line.
 */
final class RequestLine {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte SPACE = ' ';
    private static final byte DEL = 127;

    private boolean seen;
    private boolean malformed;

    /** Checks bytes that were decoded; a line is always decoded as a whole. */
    void inspect(ByteBuf bytes, int from, int to) {
        int start = from;
        while (!seen && start < to && isLineEnd(bytes.getByte(start))) {
            start++; // empty lines before the request are ignored (section 2.2)
        }
        if (!seen && start < to) {
            seen = true;
            malformed = !isWellFormed(bytes, start, bytes.indexOf(start, to, LF));
        }
    }

    private static boolean isWellFormed(ByteBuf bytes, int start, int lf) {
        int end = lf > start && bytes.getByte(lf - 1) == CR ? lf - 1 : lf;
        int spaces = 0;
        for (int at = start; at < end; at++) {
            byte next = bytes.getByte(at);
            if (next == SPACE) {
                spaces++;
            } else if ((next >= 0 && next < SPACE) || next == DEL) {
                return false;
            }
        }
        return spaces == 2 && bytes.getByte(start) != SPACE;
    }

    private static boolean isLineEnd(byte next) {
        return next == CR || next == LF;
    }

    boolean isMalformed() {
        return malformed;
    }

    /** Prepares for the next request. */
    void reset() {
        seen = false;
        malformed = false;
    }

    /**
     * Returns the third word, if it names a supported version of HTTP/1.
     *
     * @throws VersionException when it names another version
     * @throws IllegalArgumentException when it names no version
     */
    static String version(String word) {
        if (word.equals("HTTP/1.1") || word.equals("HTTP/1.0")) {
            return word;
        }
        if (word.matches("HTTP/\\d\\.\\d")) {
            throw new VersionException();
        }
        throw new IllegalArgumentException("not a version of HTTP");
    }

    /** The request has an unsupported version of HTTP. */
    static final class VersionException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private VersionException() {
            super("another version of HTTP", null, false, false);
        }
    }
}

package io.breakwater.core.business.services;

import java.text.Normalizer;

/**
 * Refuses segments of a path that a server could read as several segments, or as none. Proxies and frameworks disagree on
 * how often they decode a path, on backslashes and on path parameters, so a segment must be harmless in every one of these
 * readings.
 */
final class SegmentCheck {
    private static final int MAX_ENCODINGS = 5;

    private SegmentCheck() {}

    /**
     * Checks a segment.
     *
     * @param where what contains the segment, for the message
     */
    static void check(String segment, String where) {
        var current = segment;
        for (int i = 0; i <= MAX_ENCODINGS; i++) {
            checkReading(current, where);
            if (!isAscii(current)) {
                checkReading(Normalizer.normalize(current, Normalizer.Form.NFKC), where);
            }
            var decoded = PercentEncoding.decodeOnce(current);
            if (decoded.equals(current)) {
                return;
            }
            current = decoded;
        }
        throw InvalidRequest.because(where + " is percent-encoded too many times.");
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static void checkReading(String text, String where) {
        if (hasControl(text)) {
            throw InvalidRequest.because(where + " contains a control character, which a path must not contain.");
        }
        if (text.indexOf('\\') >= 0) {
            throw InvalidRequest.because(where + " contains a backslash, which a path must not contain.");
        }
        for (var part : text.split("/", -1)) {
            checkPart(part, where);
        }
    }

    /** Whether the text contains a control character, of ASCII or of Unicode. */
    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void checkPart(String part, String where) {
        int parameters = part.indexOf(';');
        var name = (parameters < 0 ? part : part.substring(0, parameters)).strip();
        if (name.isEmpty()) {
            throw InvalidRequest.because(where + " makes an empty segment of the path.");
        }
        if (name.charAt(0) == '.' && name.chars().allMatch(character -> character == '.')) {
            throw InvalidRequest.because(
                    where + " makes a segment of dots, with which the path could leave its place.");
        }
    }
}

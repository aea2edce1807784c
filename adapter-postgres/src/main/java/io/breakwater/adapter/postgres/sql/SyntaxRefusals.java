package io.breakwater.adapter.postgres.sql;

import io.breakwater.port.PortException;

/** Refusals of texts that are not one statement, with the place where that shows. */
final class SyntaxRefusals {
    private SyntaxRefusals() {}

    /** Of a text, for what is found at that index of it. */
    static PortException.RefusedException at(String text, int index, String sentence) {
        return invalid(sentence + " (position " + (text.codePointCount(0, index) + 1) + ").");
    }

    /** Of a text as a whole. */
    static PortException.RefusedException invalid(String sentence) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, sentence, null);
    }
}

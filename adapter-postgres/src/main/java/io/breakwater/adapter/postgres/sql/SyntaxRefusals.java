package io.breakwater.adapter.postgres.sql;

import io.breakwater.port.PortException;

/** Creates refusals of texts that are not exactly one statement. */
final class SyntaxRefusals {
    private SyntaxRefusals() {}

    /** Refuses a text because of the character at this index. */
    static PortException.RefusedException at(String text, int index, String sentence) {
        int position = text.codePointCount(0, index) + 1;
        return new PortException.RefusedException(
                PortException.RefusedException.Reason.INVALID,
                sentence + " (position " + position + ").",
                position,
                null);
    }

    /** Refuses a text as a whole. */
    static PortException.RefusedException invalid(String sentence) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, sentence, null);
    }
}

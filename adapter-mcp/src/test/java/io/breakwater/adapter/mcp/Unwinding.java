package io.breakwater.adapter.mcp;

import java.io.Serial;

/** By this a question ends a call on a stateless wire; a server's own signal is another error, unknown to adapters. */
final class Unwinding extends Error {
    @Serial
    private static final long serialVersionUID = 1L;

    final transient RecordedCall.Question question;

    Unwinding(RecordedCall.Question question) {
        super(question.method(), null, false, false);
        this.question = question;
    }
}

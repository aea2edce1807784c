package io.breakwater.core.business.processing;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;

/** Transforms a document with an expression, within limits that hold for every expression. */
public interface Transformer {

    /**
     * Returns the result of the expression for the document; null if it selects nothing.
     *
     * @throws ProcessingException if the expression is invalid, fails for this document, or exceeds a limit
     * @throws io.breakwater.port.PortException.DeadlineExceededException if the call is cancelled or its deadline
     *     passes
     */
    Json transform(String expression, Json document, CallContext context);
}

package io.breakwater.core.business.processing;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;

/** Reshapes a document by an expression, within bounds that no expression can leave. */
public interface Transformer {

    /**
     * What the expression makes of the document; null where it selects nothing.
     *
     * @throws ProcessingException when the expression is wrong, fails on this document, or leaves its bounds
     * @throws io.breakwater.port.PortException.TimedOut when the call is cancelled or its deadline passes meanwhile
     */
    Json transform(String expression, Json document, CallContext scope);
}

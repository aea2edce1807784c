package io.breakwater.core.presentation.tool.batch;

import io.breakwater.server.interceptor.InterceptedCall;
import java.util.List;

/**
 * Decides on a batch as a whole before its first item starts, for checks that must not stop in the middle of a batch,
 * such as a rate limit for the sum of all items.
 */
@FunctionalInterface
public interface BatchAdmission {

    /**
     * Admits all items, or none.
     *
     * @param batch the call of the batch
     * @param items the items in their order
     * @throws io.breakwater.server.mcp.ToolException if it refuses the batch; the message names the first item that is
     *     the reason, and the exception has the time after which to retry, if one helps
     */
    void admit(InterceptedCall batch, List<BatchItem> items);
}

package io.breakwater.core.presentation.call;

import io.breakwater.port.SettingNames;
import io.breakwater.port.Tracing;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import java.util.List;

/**
 * The components that all calls of a server share.
 *
 * @param executors the threads and timers of the server
 * @param chain the interceptors, outermost first
 * @param rejectionListener records messages that are rejected before they become calls
 * @param deadlineMonitor ends calls at their deadlines
 * @param pendingInputs limits the calls that wait for user input
 * @param limits the timeouts and limits of calls
 * @param settingNames names settings in logged messages
 * @param outcomeMapping maps exceptions to outcomes
 * @param ids generates request ids for logs
 * @param tracing opens the spans of calls
 */
public record CallRuntime(
        ServerExecutors executors,
        List<Interceptor> chain,
        RejectionListener rejectionListener,
        DeadlineMonitor deadlineMonitor,
        PendingInputs pendingInputs,
        CallLimits limits,
        SettingNames settingNames,
        OutcomeMapping outcomeMapping,
        RequestIds ids,
        Tracing tracing) {

    /** Returns the id of this process, with which all its request ids begin. */
    public String processId() {
        return ids.process();
    }

    /** Returns a new request id, for a request that is rejected before it becomes a call. */
    public String nextRequestId() {
        return ids.text(ids.next());
    }

    /** Creates the runtime of a server on these executors. */
    public static CallRuntime of(
            ServerExecutors executors,
            List<Interceptor> chain,
            RejectionListener rejectionListener,
            CallLimits limits,
            SettingNames settingNames,
            Tracing tracing) {
        var pendingInputs = new PendingInputs(limits.maxPendingInputs());
        return new CallRuntime(
                executors,
                List.copyOf(chain),
                rejectionListener,
                new DeadlineMonitor(executors),
                pendingInputs,
                limits,
                settingNames,
                new OutcomeMapping(),
                new RequestIds(),
                tracing);
    }

    /** Returns a runtime with the same components, for calls that pass other interceptors. */
    public CallRuntime withChain(List<Interceptor> chain) {
        return new CallRuntime(
                executors,
                List.copyOf(chain),
                rejectionListener,
                deadlineMonitor,
                pendingInputs,
                limits,
                settingNames,
                outcomeMapping,
                ids,
                tracing);
    }
}

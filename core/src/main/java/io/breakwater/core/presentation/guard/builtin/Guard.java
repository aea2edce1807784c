package io.breakwater.core.presentation.guard.builtin;

import io.breakwater.core.meter.Meters;
import io.breakwater.core.presentation.guard.Interceptor;
import io.breakwater.core.presentation.guard.RequestLogging;
import io.breakwater.core.runtime.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of the guard, outermost first. Whoever stands further out sees the refusals of those further in: what is
 * counted and logged is what the client was told.
 */
public final class Guard {
    private Guard() {}

    /**
     * The list.
     *
     * @param own the embedder's interceptors, which see calls that have a place to run
     */
    public static List<Interceptor> chain(
            Lanes lanes, Meters meters, RequestLogging log, Permits permits, List<Interceptor> own) {
        var chain = new ArrayList<Interceptor>();
        chain.add(new Metered(meters, lanes));
        chain.add(new RequestLog(log, lanes));
        chain.add(permits);
        chain.addAll(own);
        return List.copyOf(chain);
    }
}

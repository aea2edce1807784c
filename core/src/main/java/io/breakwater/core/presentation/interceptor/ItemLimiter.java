package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.CostClass;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the items of one batch with the permits of their cost classes. The permit of the batch counts for them in the
 * limits of the server and of the caller, so the items of a batch never wait for a permit that a batch holds.
 */
final class ItemLimiter implements Interceptor {
    private final ConcurrencyLimiter limiter;
    private final CostClass batchClass;
    private final Map<CostClass, ClassItems> classes = new ConcurrentHashMap<>();
    private final Map<InterceptedCall, ClassItems> items = new ConcurrentHashMap<>();

    /**
     * Creates the limiter of one batch.
     *
     * @param batchClass the cost class in which the batch holds a permit
     */
    ItemLimiter(ConcurrencyLimiter limiter, CostClass batchClass) {
        this.limiter = limiter;
        this.batchClass = batchClass;
    }

    @Override
    public Decision before(InterceptedCall item) {
        var sameClass = classes.computeIfAbsent(
                limiter.costClass(item), costClass -> new ClassItems(limiter, costClass == batchClass));
        items.put(item, sameClass);
        return sameClass.admit(item);
    }

    @Override
    public Outcome after(InterceptedCall item, Outcome outcome) {
        limiter.after(item, outcome);
        var sameClass = items.remove(item);
        if (sameClass != null) {
            item.onStop(sameClass::end); // after its permit is released
        }
        return outcome;
    }
}

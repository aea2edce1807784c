package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;

/** The method {@code subscriptions/listen}: opens a stream if the limit on subscriptions allows it. */
record OpenSubscription(Subscription subscription, SubscriptionRegistry subscriptions) implements MethodHandler {

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.INLINE;
    }

    @Override
    public Outcome run(ActiveCall call) {
        return subscriptions.admit(subscription)
                ? new Outcome.Stream(() -> subscriptions.open(subscription))
                : SubscriptionRegistry.FULL;
    }
}

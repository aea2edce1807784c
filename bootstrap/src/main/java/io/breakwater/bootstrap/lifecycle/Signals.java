package io.breakwater.bootstrap.lifecycle;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals that ask the process to end: the first one starts the shutdown, a further one ends the process.
 *
 * <p>The JVM's shutdown hooks cannot detect a second signal, and end with the exit code of a killed process. So this
 * class uses {@code sun.misc.Signal}, which every JDK has, by reflection, since the compiler warns about it. Where it
 * is not available (or {@code -Xrs} forbids it), the JVM handles the signals.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final AtomicBoolean received = new AtomicBoolean();
    private final Consumer<StopSignal> first;
    private final Consumer<StopSignal> further;

    private Signals(Consumer<StopSignal> first, Consumer<StopSignal> further) {
        this.first = first;
        this.further = further;
    }

    /**
     * Handles signals until the process ends. Both actions run on a separate thread.
     *
     * @param first runs at the first signal
     * @param further runs for every signal after the first
     */
    public static void listen(Consumer<StopSignal> first, Consumer<StopSignal> further) {
        new Signals(first, further).listen();
    }

    private void listen() {
        try {
            var type = Class.forName("sun.misc.Signal");
            var listener = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, this::invoked);
            var handle = type.getMethod("handle", type, listener);
            var named = type.getConstructor(String.class);
            for (var signal : StopSignal.values()) {
                handle.invoke(null, named.newInstance(signal.name()), proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            LOG.debug("The JVM handles the signals", unavailable);
        }
    }

    /** Implements {@code handle(Signal)}, the only method; the text of a signal is, for example, {@code SIGTERM}. */
    private @Nullable Object invoked(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (arguments != null && arguments.length == 1 && method.getName().equals("handle")) {
            handle(StopSignal.valueOf(String.valueOf(arguments[0]).substring("SIG".length())));
        }
        return null;
    }

    void handle(StopSignal signal) {
        if (received.compareAndSet(false, true)) {
            first.accept(signal);
        } else {
            further.accept(signal);
        }
    }
}

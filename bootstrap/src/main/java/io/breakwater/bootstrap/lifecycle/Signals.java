package io.breakwater.bootstrap.lifecycle;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the signals that ask the process to end: the first asks, any further one insists.
 *
 * <p>The JVM's shutdown hooks cannot tell a second signal, and end with the exit code of a process that was killed. So
 * this goes through {@code sun.misc.Signal}, which every JDK has but the compiler warns about; hence by name. Where it
 * is not available (or {@code -Xrs} forbids it) signals do what the JVM makes of them.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Consumer<StopSignal> first;
    private final Consumer<StopSignal> further;

    private Signals(Consumer<StopSignal> first, Consumer<StopSignal> further) {
        this.first = first;
        this.further = further;
    }

    /**
     * Begins to listen, for the rest of the life of the process. Both actions run on a thread of their own.
     *
     * @param first runs once
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
            LOG.debug("Signals do what the JVM makes of them", unavailable);
        }
    }

    /** Its only method is {@code handle(Signal)}; a signal's text is {@code SIGTERM}. */
    private @Nullable Object invoked(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (arguments != null && arguments.length == 1 && method.getName().equals("handle")) {
            received(StopSignal.valueOf(String.valueOf(arguments[0]).substring("SIG".length())));
        }
        return null;
    }

    void received(StopSignal signal) {
        if (asked.compareAndSet(false, true)) {
            first.accept(signal);
        } else {
            further.accept(signal);
        }
    }
}

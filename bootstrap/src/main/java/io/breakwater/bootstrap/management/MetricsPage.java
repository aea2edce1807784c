package io.breakwater.bootstrap.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP resource {@code /metrics}: all metrics of the server in the text format of Prometheus. Concurrent requests
 * share one scrape, which runs on a virtual thread, because it takes longer than an event loop may wait.
 */
public final class MetricsPage implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store");
    private static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("metrics").start(task);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<@Nullable CompletableFuture<Response>> running = new AtomicReference<>();
    private final boolean onPublicListener;
    private final Executor executor;

    /**
     * Creates the resource of one server.
     *
     * @param onPublicListener whether the listener for clients serves it too
     */
    public MetricsPage(boolean onPublicListener) {
        this(onPublicListener, VIRTUAL_THREADS);
    }

    MetricsPage(boolean onPublicListener, Executor executor) {
        this.onPublicListener = onPublicListener;
        this.executor = executor;
    }

    /**
     * Returns the resource if a listener serves it; otherwise the server need not count for it.
     *
     * @param standard whether the management listener is on unless the settings say otherwise
     */
    public static Optional<MetricsPage> of(BreakwaterSettings settings, boolean standard) {
        var metrics = settings.metrics();
        boolean served = settings.management().isEnabled(standard) || metrics.onPublicListener();
        return metrics.enabled() && served
                ? Optional.of(new MetricsPage(metrics.onPublicListener()))
                : Optional.empty();
    }

    /** Returns the registry that the server publishes its metrics in. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Returns the resource for each listener that serves it. */
    public List<HttpResource> resources() {
        var management = resource(Listener.MANAGEMENT);
        return onPublicListener ? List.of(management, resource(Listener.PUBLIC)) : List.of(management);
    }

    private HttpResource resource(Listener listener) {
        return new HttpResource(PATH, listener, Access.PUBLIC, request -> scrape());
    }

    private CompletionStage<Response> scrape() {
        var next = new CompletableFuture<Response>();
        var current = running.compareAndExchange(null, next);
        if (current != null) {
            return current;
        }
        try {
            executor.execute(() -> complete(next));
        } catch (RuntimeException | Error notStarted) {
            fail(next, notStarted);
        }
        return next;
    }

    private void complete(CompletableFuture<Response> next) {
        try {
            var text = registry.scrape().getBytes(UTF_8);
            running.set(null);
            next.complete(new Response(200, TEXT, NO_STORE, text));
        } catch (RuntimeException | Error failed) {
            fail(next, failed);
        }
    }

    /** Ends the scrape whatever the failure is; otherwise all later requests would wait for it. */
    private void fail(CompletableFuture<Response> next, Throwable failure) {
        running.set(null);
        next.completeExceptionally(failure);
    }

    @Override
    public void close() {
        registry.close();
    }
}

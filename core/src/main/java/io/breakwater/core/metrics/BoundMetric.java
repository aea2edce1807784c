package io.breakwater.core.metrics;

import io.breakwater.core.business.health.MetricsSnapshot.Metric;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * A metric of an adapter. Its supplier can be replaced: a component that is opened again after a change of
 * configuration reports its values under the same name.
 */
final class BoundMetric {
    private final Key key;
    private volatile DoubleSupplier value;

    /** The identity of a metric: its name and its labels. */
    record Key(String name, Map<String, String> labels) {
        Key {
            labels = Map.copyOf(labels);
        }
    }

    BoundMetric(Key key, DoubleSupplier value) {
        this.key = key;
        this.value = value;
    }

    void setSupplier(DoubleSupplier value) {
        this.value = value;
    }

    /** Returns the current value, or NaN if the adapter cannot determine it. */
    double value() {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** Returns the name and the sorted labels; the text is the same in every process. */
    String series() {
        return key.name() + new TreeMap<>(key.labels());
    }

    Metric report() {
        return new Metric(key.name(), key.labels(), value());
    }
}

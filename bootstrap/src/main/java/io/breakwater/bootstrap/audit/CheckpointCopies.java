package io.breakwater.bootstrap.audit;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.List;

/** Copies the checkpoints of a log to all its destinations, in the background. Thread-safe. */
public final class CheckpointCopies implements AutoCloseable {
    private static final Duration LAST_COPY = Duration.ofSeconds(5);

    /** No destinations. */
    public static final CheckpointCopies NONE = new CheckpointCopies(List.of(), LAST_COPY);

    private final List<CheckpointCopier> copiers;
    private final Duration lastCopy;

    CheckpointCopies(List<CheckpointCopier> copiers, Duration lastCopy) {
        this.copiers = List.copyOf(copiers);
        this.lastCopy = lastCopy;
    }

    /** Creates the copies for these destinations. */
    public static CheckpointCopies to(List<CheckpointDestination> destinations, ServerExecutors executors) {
        return new CheckpointCopies(
                destinations.stream()
                        .map(destination -> new CheckpointCopier(destination, executors))
                        .toList(),
                LAST_COPY);
    }

    /** Copies a checkpoint later. Never blocks. */
    void offer(SignedCheckpoint checkpoint) {
        copiers.forEach(copier -> copier.offer(checkpoint));
    }

    /** Returns the dependencies for the health report, one for each destination. */
    public List<Dependency> dependencies() {
        return copiers.stream().map(CheckpointCopier::dependency).toList();
    }

    /** Registers the metrics. */
    public void bindTo(MetricSink metrics) {
        copiers.forEach(copier -> copier.bindTo(metrics));
    }

    /** Copies the last checkpoint, within a few seconds, and no more. */
    @Override
    public void close() {
        copiers.forEach(CheckpointCopier::beginClose);
        long end = System.nanoTime() + lastCopy.toNanos();
        copiers.forEach(copier -> copier.awaitClose(end));
    }
}

package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.sample.waiting.Eventually;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A document store whose round trips wait until the test completes them. */
final class GatedDocumentStore implements DocumentStore {
    private final BlockingQueue<Trip> trips = new LinkedBlockingQueue<>();

    /** A round trip that waits for its answer. */
    record Trip(Set<String> ids, CallContext scope, CompletableFuture<Map<String, Document>> outcome) {

        /** Gives all that was asked for. */
        void answer() {
            outcome.complete(ids.stream().collect(Collectors.toMap(id -> id, GatedDocumentStore::document)));
        }

        /** Gives nothing: none of them exists. */
        void answerNothing() {
            outcome.complete(Map.of());
        }

        void fail(PortException failure) {
            outcome.completeExceptionally(failure);
        }
    }

    /** The next round trip, when it has begun. */
    Trip next() throws InterruptedException {
        var trip = trips.poll(Eventually.SECONDS, TimeUnit.SECONDS);
        if (trip == null) {
            throw new AssertionError("nothing is loaded");
        }
        return trip;
    }

    /** True when no other round trip has begun. */
    boolean isQuiet() {
        return trips.isEmpty();
    }

    static Document document(String id) {
        return new Document(id, new Json.Raw("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 1, Instant.EPOCH);
    }

    @Override
    public String identity() {
        return "gated";
    }

    @Override
    public Map<String, Document> find(Set<String> ids, CallContext scope) {
        var trip = new Trip(ids, scope, new CompletableFuture<>());
        trips.add(trip);
        try {
            return trip.outcome().join();
        } catch (java.util.concurrent.CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Override
    public Document save(String id, Json.Raw content, CallContext scope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong delete(String id, @Nullable Revision revision, CallContext scope) {
        throw new UnsupportedOperationException();
    }
}

package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.call.CancellableCalls;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.RequestId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is alive of a session in this process: its calls, its streams, and our questions to it that are open. Made when
 * something needs it and dropped when nothing does; what must last is in the session book and the event book.
 */
final class LegacyClient {
    private final String id;
    private final CancellableCalls calls = new CancellableCalls();
    private final StandaloneStream standaloneStream;
    private final Map<String, ResumableStream> streams = new ConcurrentHashMap<>(2);
    private final Map<RequestId, CompletableFuture<Message.Response>> pendingRequests = new ConcurrentHashMap<>(2);
    private final SessionIds ids = new SessionIds();
    private final AtomicLong nextRequestId = new AtomicLong();
    private volatile boolean active = true;
    private volatile boolean closed;

    LegacyClient(String id, EventLog events) {
        this.id = id;
        this.standaloneStream = new StandaloneStream(events, id);
        streams.put(StandaloneStream.NAME, standaloneStream);
    }

    String id() {
        return id;
    }

    CancellableCalls calls() {
        return calls;
    }

    StandaloneStream standaloneStream() {
        return standaloneStream;
    }

    /** A name for a stream that no other stream of the session has, on no replica. */
    String nextStream() {
        return ids.next();
    }

    void addStream(String stream, ResumableStream resumable) {
        streams.put(stream, resumable);
    }

    void removeStream(String stream) {
        streams.remove(stream);
    }

    @Nullable
    ResumableStream stream(String stream) {
        return streams.get(stream);
    }

    /** An id for a question of ours, and where its answer will be. */
    OpenRequest newRequest() {
        var request = new OpenRequest(RequestId.of(nextRequestId.incrementAndGet()), new CompletableFuture<>());
        pendingRequests.put(request.id, request.response);
        return request;
    }

    void removeRequest(OpenRequest request) {
        pendingRequests.remove(request.id);
    }

    void completeRequest(Message.Response response) {
        var pending = response.id() == null ? null : pendingRequests.remove(response.id());
        if (pending != null) {
            pending.complete(response);
        }
    }

    /** A message of the session has come. */
    void markActive() {
        active = true;
    }

    /** True when nothing here would be missed, and nothing came since this was asked before. */
    boolean checkIdle() {
        boolean inactive = !active;
        active = false;
        return inactive && calls.isEmpty() && pendingRequests.isEmpty() && streams.size() == 1 && !standaloneStream.isOpen();
    }

    /** The client ended its session, or the session idled away: its calls are told so. */
    void close() {
        closed = true;
        detach();
    }

    /** Whether the session is over, and there is something to say about it. */
    boolean isClosed() {
        return closed;
    }

    /** The session is over, and nothing is left to say. */
    void detach() {
        calls.cancelAll();
        standaloneStream.detach();
    }

    record OpenRequest(RequestId id, CompletableFuture<Message.Response> response) {}
}

package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.call.CancellableCalls;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session in this process: its calls, its streams and the open client requests. It is created on demand
 * and removed when nothing uses it; {@code SessionService} and {@code EventLog} have the lasting state.
 */
final class LegacyClient {
    private final String id;
    private final CancellableCalls calls = new CancellableCalls();
    private final StandaloneStream standaloneStream;
    private final Map<String, ResumableStream> streams = new ConcurrentHashMap<>(2);
    private final Map<RequestId, CompletableFuture<Message.Response>> pendingRequests = new ConcurrentHashMap<>(2);
    private final SessionIds ids = new SessionIds();
    private final AtomicLong nextRequestId = new AtomicLong();
    private volatile Principal principal = Principal.ANONYMOUS;
    private volatile boolean active = true;
    private volatile boolean closed;
    private int checks; // used by the sweep only

    LegacyClient(String id, EventLog events, StoreAccess access) {
        this.id = id;
        this.standaloneStream = new StandaloneStream(events, id, access);
    }

    String id() {
        return id;
    }

    /** The principal that opened the session of a connection. A stream over HTTP has a principal of its own. */
    Principal principal() {
        return principal;
    }

    void setPrincipal(Principal sender) {
        principal = sender;
    }

    CancellableCalls calls() {
        return calls;
    }

    StandaloneStream standaloneStream() {
        return standaloneStream;
    }

    /** Returns a name for a stream that is unique in the session, on all replicas. */
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

    /** Creates a client request with a new id. */
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

    /** Records that a message of the session arrived. */
    void markActive() {
        active = true;
    }

    /** Returns the number of checks since the last message or renewal. Called by one thread at a time. */
    int countCheck() {
        checks = active ? 0 : checks + 1;
        active = false;
        return checks;
    }

    /** Records that the session was renewed in its store. */
    void markRenewed() {
        checks = 0;
    }

    /** True when this state is not needed: nothing runs and no stream is open. */
    boolean isUnused() {
        return calls.isEmpty() && pendingRequests.isEmpty() && streams.isEmpty() && !standaloneStream.isOpen();
    }

    /** Closes the session, which the client ended or which timed out; its calls end with an error. */
    void close() {
        closed = true;
        detach();
    }

    /** True after {@link #close}. */
    boolean isClosed() {
        return closed;
    }

    /** Cancels the calls and ends the stand-alone stream, without errors to the client. */
    void detach() {
        calls.cancelAll();
        standaloneStream.detach();
    }

    record OpenRequest(RequestId id, CompletableFuture<Message.Response> response) {}
}

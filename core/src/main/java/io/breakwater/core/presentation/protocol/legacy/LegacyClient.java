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
    private final StandaloneStream general;
    private final Map<String, ResumableStream> streams = new ConcurrentHashMap<>(2);
    private final Map<RequestId, CompletableFuture<Message.Response>> questions = new ConcurrentHashMap<>(2);
    private final SessionIds ids = new SessionIds();
    private final AtomicLong nextQuestion = new AtomicLong();
    private volatile boolean touched = true;
    private volatile boolean over;

    LegacyClient(String id, EventLog book) {
        this.id = id;
        this.general = new StandaloneStream(book, id);
        streams.put(StandaloneStream.NAME, general);
    }

    String id() {
        return id;
    }

    CancellableCalls calls() {
        return calls;
    }

    StandaloneStream general() {
        return general;
    }

    /** A name for a stream that no other stream of the session has, on no replica. */
    String nextStream() {
        return ids.next();
    }

    void keep(String stream, ResumableStream resumable) {
        streams.put(stream, resumable);
    }

    void drop(String stream) {
        streams.remove(stream);
    }

    @Nullable
    ResumableStream stream(String stream) {
        return streams.get(stream);
    }

    /** An id for a question of ours, and where its answer will be. */
    Question question() {
        var question = new Question(RequestId.of(nextQuestion.incrementAndGet()), new CompletableFuture<>());
        questions.put(question.id, question.answer);
        return question;
    }

    void forget(Question question) {
        questions.remove(question.id);
    }

    void answered(Message.Response response) {
        var waiting = response.id() == null ? null : questions.remove(response.id());
        if (waiting != null) {
            waiting.complete(response);
        }
    }

    /** A message of the session has come. */
    void touch() {
        touched = true;
    }

    /** True when nothing here would be missed, and nothing came since this was asked before. */
    boolean idle() {
        boolean rested = !touched;
        touched = false;
        return rested && calls.isEmpty() && questions.isEmpty() && streams.size() == 1 && !general.open();
    }

    /** The client ended its session, or the session idled away: its calls are told so. */
    void close() {
        over = true;
        end();
    }

    /** Whether the session is over, and there is something to say about it. */
    boolean over() {
        return over;
    }

    /** The session is over, and nothing is left to say. */
    void end() {
        calls.cancelAll();
        general.detach();
    }

    record Question(RequestId id, CompletableFuture<Message.Response> answer) {}
}

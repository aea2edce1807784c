package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.EventBus;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it hears, in order, for a test to take; a word that never comes fails the test. */
class MessageRecorder implements EventBus.Listener {

    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();

    /** Listens to that topic, and is connected. */
    static MessageRecorder on(EventBus bus, String topic) {
        var reply = new MessageRecorder();
        bus.subscribe(topic, reply);
        reply.awaitConnected();
        return reply;
    }

    @Override
    public void message(byte[] message) {
        hear(new Word(What.MESSAGE, message));
    }

    @Override
    public void connected() {
        hear(new Word(What.CONNECTED, new byte[0]));
    }

    @Override
    public void lost() {
        hear(new Word(What.LOST, new byte[0]));
    }

    private void hear(Word word) {
        if (!busy.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        words.add(word);
        busy.set(false);
    }

    /** The text of the next thing heard, which is a message. */
    final String next() {
        return new String(nextBytes(), UTF_8);
    }

    /** The next thing heard, which is a message. */
    final byte[] nextBytes() {
        return take(What.MESSAGE);
    }

    final void awaitConnected() {
        take(What.CONNECTED);
    }

    final void awaitLost() {
        take(What.LOST);
    }

    /** Nothing was heard that was not taken. */
    final boolean silent() {
        return words.isEmpty();
    }

    /** How often it was called while it was called. */
    final int overlaps() {
        return overlaps.get();
    }

    /** The messages before that one. */
    final List<String> until(String last) {
        var texts = new ArrayList<String>();
        for (var text = next(); !text.equals(last); text = next()) {
            texts.add(text);
        }
        return texts;
    }

    private byte[] take(What expected) {
        var word = poll();
        if (word == null || word.what != expected) {
            throw new AssertionError("Waited for " + expected + " and heard " + (word == null ? "nothing" : word));
        }
        return word.message;
    }

    private @Nullable Word poll() {
        try {
            return words.poll(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private enum What {
        MESSAGE,
        CONNECTED,
        LOST
    }

    private record Word(What what, byte[] message) {
        @Override
        public String toString() {
            return what == What.MESSAGE ? "MESSAGE " + new String(message, UTF_8) : what.toString();
        }
    }
}

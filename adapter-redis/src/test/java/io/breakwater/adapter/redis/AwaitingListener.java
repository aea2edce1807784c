package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.EventBus;
import io.breakwater.sample.waiting.Eventually;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener whose next word a test awaits. */
final class AwaitingListener implements EventBus.Listener {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    @Override
    public void message(byte[] message) {
        words.add("message " + new String(message, UTF_8));
    }

    @Override
    public void connected() {
        words.add("connected");
    }

    @Override
    public void lost() {
        words.add("lost");
    }

    void awaitConnected() {
        await("connected");
    }

    void awaitLost() {
        await("lost");
    }

    void awaitMessage(String text) {
        await("message " + text);
    }

    private void await(String word) {
        try {
            var reply = words.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            if (!word.equals(reply)) {
                throw new AssertionError("waited for '" + word + "' and heard '" + reply + "'");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

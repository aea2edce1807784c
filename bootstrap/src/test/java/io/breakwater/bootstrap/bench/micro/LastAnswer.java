package io.breakwater.bootstrap.bench.micro;

import io.breakwater.port.driving.Disposition;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.Offer;
import io.breakwater.port.driving.Reply;
import org.jspecify.annotations.Nullable;

/** Keeps the one answer to an inline call, which is there when the message has been handed over. */
final class LastAnswer implements Reply {
    private @Nullable Disposition disposition;
    private byte @Nullable [] message;

    @Nullable
    Disposition disposition() {
        return disposition;
    }

    byte[] message() {
        if (message == null) {
            throw new IllegalStateException("no answer yet");
        }
        return message;
    }

    @Override
    public void answer(Disposition how, byte @Nullable [] answer) {
        disposition = how;
        message = answer;
    }

    @Override
    public void open(Disposition how) {
        throw new IllegalStateException("a stream where an answer was due");
    }

    @Override
    public Offer offer(Event event) {
        throw new IllegalStateException("a stream where an answer was due");
    }

    @Override
    public void end() {}

    @Override
    public void onDisconnect(Runnable action) {}
}

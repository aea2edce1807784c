package io.breakwater.bootstrap.bench.micro;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import org.jspecify.annotations.Nullable;

/** Keeps the one answer to an inline call, which is there when the message has been handed over. */
final class LastAnswer implements Reply {
    private @Nullable ReplyStatus status;
    private byte @Nullable [] message;

    @Nullable
    ReplyStatus status() {
        return status;
    }

    byte[] message() {
        if (message == null) {
            throw new IllegalStateException("no answer yet");
        }
        return message;
    }

    @Override
    public void answer(ReplyStatus how, byte @Nullable [] answer) {
        status = how;
        message = answer;
    }

    @Override
    public void open(ReplyStatus how) {
        throw new IllegalStateException("a stream where an answer was due");
    }

    @Override
    public OfferResult offer(Event event) {
        throw new IllegalStateException("a stream where an answer was due");
    }

    @Override
    public void end() {}

    @Override
    public void onDisconnect(Runnable action) {}
}

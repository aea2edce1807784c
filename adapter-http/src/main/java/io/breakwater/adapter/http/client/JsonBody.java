package io.breakwater.adapter.http.client;

import io.breakwater.port.Event;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A response that is one JSON message. */
final class JsonBody implements ResponseBody.Sink {
    private final Consumer<Event> messages;
    private final BoundedBytes body = new BoundedBytes(BoundedBytes.MAX_MESSAGE);

    JsonBody(Consumer<Event> messages) {
        this.messages = messages;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        body.add(bytes);
    }

    @Override
    public void end() {
        if (body.size() > 0) {
            messages.accept(Event.of(body.drain()));
        }
    }
}

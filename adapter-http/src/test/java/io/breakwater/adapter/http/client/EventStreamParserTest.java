package io.breakwater.adapter.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {
    private static final String TWO_EVENTS = "id: 1\ndata: {\"a\":\"ß→𝄞\"}\n\ndata: {\ndata: }\n\n";

    private final List<Event> events = new ArrayList<>();

    private void parse(String stream) {
        parse(stream, 1 << 20);
    }

    private void parse(String stream, int pieceSize) {
        var parser = new EventStreamParser(events::add);
        var bytes = stream.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += pieceSize) {
            parser.accept(ByteBuffer.wrap(bytes, at, Math.min(pieceSize, bytes.length - at)));
        }
        parser.end();
    }

    private List<String> messages() {
        return events.stream().map(event -> new String(event.message(), UTF_8)).toList();
    }

    @Test
    void anEmptyLineEndsAnEvent() {
        parse("data: {\"a\":1}\n\ndata:{\"b\":2}\n\n");

        assertThat(messages()).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void severalDataLinesAreOneMessage() {
        parse("data: {\ndata: }\n\n");

        assertThat(messages()).containsExactly("{\n}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void anEventMayArriveInPieces(int size) {
        parse(TWO_EVENTS, size);

        assertThat(messages()).containsExactly("{\"a\":\"ß→𝄞\"}", "{\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n"})
    void everyLineTerminatorOfTheStandardEndsALine(String terminator) {
        parse(TWO_EVENTS.replace("\n", terminator), 1);

        assertThat(messages()).containsExactly("{\"a\":\"ß→𝄞\"}", "{\n}");
    }

    @Test
    void aByteOrderMarkAtTheStartIsIgnored() {
        parse("\uFEFFdata: x\n\n");

        assertThat(messages()).containsExactly("x");
    }

    @Test
    void anEventMayHaveAnIdAndARetryTimeOnly() {
        parse("id: s:0\nretry: 250\n\n");

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.message()).isEmpty();
            assertThat(event.id()).isEqualTo("s:0");
            assertThat(event.retry()).isEqualTo(Duration.ofMillis(250));
        });
    }

    @Test
    void commentsAndEventNamesAreIgnored() {
        parse(": still here\n\nevent: message\ndata: x\n\n");

        assertThat(messages()).containsExactly("x");
    }

    @Test
    void aRetryTimeThatIsNotANumberIsIgnored() {
        parse("retry: soon\ndata: x\n\nretry: -1\ndata: y\n\n");

        assertThat(events).extracting(Event::retry).containsOnlyNulls();
    }

    @Test
    void anInterruptedEventIsIgnored() {
        parse("data: x\n\ndata: y");

        assertThat(messages()).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 0123456789", "data: 01234\ndata: 56789\ndata: 01234"})
    void aMessageAboveTheLimitIsRefused(String stream) {
        var parser = new EventStreamParser(events::add, 12);

        assertThatThrownBy(() -> parser.accept(ByteBuffer.wrap((stream + "\n\n").getBytes(UTF_8))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The server sent a message of more than 12 bytes.");
        assertThat(events).isEmpty();
    }
}

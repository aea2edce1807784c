package io.breakwater.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
    private final List<Event> events = new ArrayList<>();

    private void read(String stream) {
        var lines = new EventStreamParser(events::add);
        stream.lines().forEach(lines::line);
    }

    private List<String> messages() {
        return events.stream()
                .map(event -> new String(event.message(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anEmptyLineEndsAnEvent() {
        read("data: {\"a\":1}\n\ndata:{\"b\":2}\n\n");
        assertThat(messages()).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void severalDataLinesAreOneMessage() {
        read("data: {\ndata: }\n\n");
        assertThat(messages()).containsExactly("{\n}");
    }

    @Test
    void anEventMayOnlySayWhereItStandsAndWhenToComeBack() {
        read("id: s:0\nretry: 250\n\n");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.message()).isEmpty();
            assertThat(event.id()).isEqualTo("s:0");
            assertThat(event.retry()).isEqualTo(Duration.ofMillis(250));
        });
    }

    @Test
    void commentsAndNamesAreLeftOut() {
        read(": still here\n\nevent: message\ndata: x\n\n");
        assertThat(messages()).containsExactly("x");
    }

    @Test
    void aTimeThatIsNoNumberIsLeftOut() {
        read("retry: soon\ndata: x\n\nretry: -1\ndata: y\n\n");
        assertThat(events).extracting(Event::retry).containsOnlyNulls();
    }

    @Test
    void anEventThatBrokeOffIsNone() {
        read("data: x\n\ndata: y");
        assertThat(messages()).containsExactly("x");
    }
}

package io.breakwater.bootstrap.endtoend;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of the server as it is shipped follow a file with instances. */
class FileDiscoveryTest {
    private final RecordingServer one = DiscoveredServer.instance("one", "127.0.0.1", 0);
    private final RecordingServer two = DiscoveredServer.instance("two", "127.0.0.1", 0);
    private final Path file = Scratch.folder("breakwater-instances").resolve("orders");
    private DiscoveredServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Files.writeString(file, one.url() + "\n");
        server = DiscoveredServer.start("""
                outbound: {allowed: [127.0.0.0/8]}
                services: {orders: {file: '%s'}}
                """.formatted(file));
        assertThat(server.reached()).containsExactly("one");
    }

    @AfterEach
    void close() {
        server.close();
        one.close();
        two.close();
    }

    private void replace(String content) throws IOException {
        var written = Files.writeString(file.resolveSibling("new"), content);
        Files.move(written, file, ATOMIC_MOVE);
    }

    private void awaitWarning(String reason) throws IOException {
        Eventually.holds(() -> server.log().contains("The instances of orders cannot be determined: ")
                && server.log().contains(reason));
    }

    @Test
    void aReplacedFileMovesTheCalls() throws IOException {
        replace("# both\n" + one.url() + "\n\n" + two.url() + "\n");
        Eventually.holds(() -> server.healthy().size() == 2);
        assertThat(server.reached()).containsExactlyInAnyOrder("one", "two");

        replace(two.url() + "\n");
        Eventually.holds(() -> server.healthy().size() == 1);
        assertThat(server.reached()).containsExactly("two");
    }

    @Test
    void aFileThatEndsInTheMiddleOfALineChangesNothingUntilItIsComplete() throws IOException {
        var complete = two.url() + "\nhttp://127.0.0.1:" + one.port() + "\n";
        Files.writeString(file, complete.substring(0, complete.lastIndexOf("0.1:")));
        awaitWarning("has an error in line 2");
        assertThat(server.reached()).containsExactly("one");

        Files.writeString(file, complete);
        Eventually.holds(() -> server.healthy().size() == 2);
        assertThat(server.reached()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void anEmptyFileChangesNothing() throws IOException {
        replace("");
        awaitWarning("contains no URL");
        assertThat(server.reached()).containsExactly("one");

        replace(two.url() + "\n");
        Eventually.holds(() -> server.reached().equals(Set.of("two")));
    }

    @Test
    void anInvalidFileChangesNothing() throws IOException {
        replace(two.url() + "\nhttp://user:password@127.0.0.1/\n");
        awaitWarning("has an error in line 2");
        assertThat(server.reached()).containsExactly("one");
        assertThat(server.log()).doesNotContain("user:password");
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        Files.delete(file);
        awaitWarning("does not exist");
        assertThat(server.reached()).containsExactly("one");

        replace(two.url() + "\n");
        Eventually.holds(() -> server.reached().equals(Set.of("two")));
    }
}

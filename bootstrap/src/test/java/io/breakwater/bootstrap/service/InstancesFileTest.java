package io.breakwater.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.server.settings.ServiceOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instances in a file, as the server sees them each time it looks. */
class InstancesFileTest {
    private static final ServiceOrigin A = ServiceOrigin.parse("http://a.internal:8080");
    private static final ServiceOrigin B = ServiceOrigin.parse("https://b.internal");

    @TempDir
    private Path folder = Path.of("");

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("instances"), text);
    }

    @Test
    void hasOneInstanceInEachLine() throws IOException {
        var file = new InstancesFile(
                write("# orders\n\n  http://a.internal:8080 \nhttps://b.internal/\nhttps://b.internal\n"));

        assertThat(file.get()).containsExactly(A, B);
    }

    @Test
    void aChangeCountsWhenTwoLooksFindTheSameFile() throws IOException {
        var file = new InstancesFile(write("http://a.internal:8080\nhttps://b.internal\n"));
        file.get();

        write("https://b.internal\n");

        assertThat(file.get()).as("the file may not be complete").containsExactly(A, B);
        assertThat(file.get()).containsExactly(B);
    }

    @Test
    void aFileThatChangesBetweenTwoLooksHasToSettle() throws IOException {
        var file = new InstancesFile(write("http://a.internal:8080\nhttps://b.internal\n"));
        file.get();

        write("http://a.internal:80");
        assertThat(file.get()).containsExactly(A, B);
        write("http://a.internal:8080\n");
        assertThat(file.get()).containsExactly(A, B);

        assertThat(file.get()).containsExactly(A);
    }

    @Test
    void anInvalidFileIsReportedUntilItIsCorrected() throws IOException {
        var file = new InstancesFile(write("http://a.internal:8080\n"));
        file.get();
        write("http://user:secret@b.internal\n");
        file.get();

        assertThatIllegalStateException()
                .isThrownBy(file::get)
                .withMessageContaining("instances is not valid. The URL of a service must be http://host:port")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException().isThrownBy(file::get);
        write("https://b.internal\n");
        assertThat(file.get()).containsExactly(A);
        assertThat(file.get()).containsExactly(B);
    }

    @Test
    void aFileWithoutInstancesIsNotValid() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(new InstancesFile(write("# none\n"))::get)
                .withMessageContaining("contains no URL");
    }

    @Test
    void aMissingFileIsReported() {
        assertThatThrownBy(new InstancesFile(folder.resolve("missing"))::get)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be read");
    }
}

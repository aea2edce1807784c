package io.breakwater.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.server.settings.ServiceOrigin;
import java.io.IOException;
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

        assertThatThrownBy(file::get)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("has an error in line 1: \"http://******@b.internal\" is not the URL")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(file::get).isInstanceOf(UnavailableException.class);
        write("https://b.internal\n");
        assertThat(file.get()).containsExactly(A);
        assertThat(file.get()).containsExactly(B);
    }

    @Test
    void anErrorIsQuotedWithTheNumberOfItsLine() throws IOException {
        var file = new InstancesFile(write("# orders\n\nhttp://a.internal:8080\n  ftp://b\u0007\u202e.internal\n"));

        assertThatThrownBy(file::get)
                .hasMessageContaining(
                        "in line 4: \"ftp://b \ufffd.internal\" is not the URL of an instance. Write http://");
    }

    @Test
    void aFileWithoutInstancesIsNotValid() throws IOException {
        assertThatThrownBy(new InstancesFile(write("# none\n"))::get).hasMessageContaining("contains no URL");
    }

    @Test
    void aMissingFileIsReported() {
        assertThatThrownBy(new InstancesFile(folder.resolve("missing"))::get)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("The file " + folder.resolve("missing")
                        + " does not exist. Create it, or correct the setting 'file' of the service.");
    }

    @Test
    void aPipeIsRefusedWithoutBeingOpened() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(new InstancesFile(pipe)::get).hasMessageContaining("not a regular file");
    }

    @Test
    void aFileThatIsTooLargeIsNotReadToItsEnd() throws IOException {
        assertThatThrownBy(new InstancesFile(write("#".repeat((1 << 20) + 1)))::get)
                .hasMessageContaining("is larger than 1 MiB");
    }
}

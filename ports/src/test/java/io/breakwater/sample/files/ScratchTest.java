package io.breakwater.sample.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ScratchTest {

    @Test
    void aFolderGoesWithAllThatIsInIt() throws IOException {
        var folder = Scratch.folder("scratch");
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("file"), "text");

        Scratch.delete(folder);

        assertThat(folder).doesNotExist();
    }

    @Test
    void ignoresFilesThatDoNotExist() {
        var folder = Scratch.folder("scratch");
        Scratch.delete(folder);

        Scratch.delete(folder);

        assertThat(folder).doesNotExist();
    }
}

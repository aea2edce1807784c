package io.breakwater.bootstrap.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final String TEXT = "example.com/log\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

    private final NoteSigner signer = NoteSigner.generate("example.com/log");
    private final NoteVerifier verifier = NoteVerifier.parse(signer.verifier().toString());

    @Test
    void opensANoteThatTheKeySigned() {
        assertThat(signer.sign(TEXT).verifiedText(verifier)).isEqualTo(TEXT);
    }

    @Test
    void ignoresSignaturesOfOtherKeys() {
        var other = NoteSigner.generate("witness").sign(TEXT).content();
        var both = signer.sign(TEXT).content() + other.substring(other.lastIndexOf("\n\n") + 2);

        assertThat(new SignedNote(both).verifiedText(verifier)).isEqualTo(TEXT);
    }

    @Test
    void refusesANoteThatOnlyAnotherKeySigned() {
        var note = NoteSigner.generate("example.com/log").sign(TEXT);

        assertThatThrownBy(() -> note.verifiedText(verifier))
                .isInstanceOf(InvalidNoteException.class)
                .hasMessageContaining("has not signed it");
    }

    @Test
    void refusesAChangedText() {
        var changed = signer.sign(TEXT).content().replace("\n7\n", "\n8\n");

        assertThatThrownBy(() -> new SignedNote(changed).verifiedText(verifier))
                .isInstanceOf(InvalidNoteException.class)
                .hasMessageContaining("is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text\n", "text\n\n", "text\n\nno signature\n", "te\rxt\n\n— name AAAA\n"})
    void refusesWhatIsNoNote(String content) {
        assertThatThrownBy(() -> new SignedNote(content).verifiedText(verifier))
                .isInstanceOf(InvalidNoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/log",
                "example.com/log+00000000+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                "example.com/audit+29b87bfc+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                "example.com/audit+29b87bfc+AQ=="
            })
    void refusesWhatIsNoVerifierKey(String text) {
        assertThatThrownBy(() -> NoteVerifier.parse(text)).isInstanceOf(InvalidNoteException.class);
    }

    @Test
    void noTextButTheSecretOneContainsThePrivateKey() {
        var secret = signer.secretText().split("\\+", 5)[4]; // the key itself may contain a plus sign

        assertThat(signer.toString()).doesNotContain(secret);
        assertThatThrownBy(() -> NoteSigner.parse(signer.secretText() + "!")).hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log\n7\n",
                "log\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "log\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "log\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "log\n7\nAAAA\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(InvalidNoteException.class);
    }
}

package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PasswordHasher} must do: recognize a password, and refuse all others. */
public abstract class PasswordHasherContract {
    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates a hasher. */
    protected abstract PasswordHasher make();

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "pässwörd 👩‍🚀", "a$b,c=d", " ", "", "\u0000"})
    void recognizesAPassword(String password) {
        var hasher = make();

        var hash = hasher.hash(password, scope);

        assertThat(hasher.verify(password, hash, scope)).isTrue();
        assertThat(hasher.verify(password + "x", hash, scope)).isFalse();
        assertThat(hasher.isOutdated(hash)).isFalse();
    }

    @Test
    void hashesEachTimeWithAnotherSalt() {
        var hasher = make();

        var one = hasher.hash("correct horse", scope);
        var other = hasher.hash("correct horse", scope);

        assertThat(one).isNotEqualTo(other).doesNotContain("horse").startsWith("$");
        assertThat(hasher.verify("correct horse", other, scope)).isTrue();
    }

    @Test
    void noPasswordMatchesAMissingHash() {
        assertThat(make().verify("correct horse", null, scope)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "$", "correct horse", "$unknown$v=1$abc$def", "$argon2id$v=19$m=99999999,t=9999,p=99$YQ$YQ"})
    void noPasswordMatchesATextThatIsNotAHash(String text) {
        var hasher = make();

        assertThat(hasher.verify("correct horse", text, scope)).isFalse();
        assertThat(hasher.isOutdated(text)).isTrue();
    }
}

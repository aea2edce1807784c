package io.breakwater.port;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Values refuse null where it is passed, in a sentence. */
@SuppressWarnings("NullAway") // what a careless embedder writes
class NullValuesTest {

    @Test
    void aMemberOfAnObjectIsNeverNull() {
        var sentence = "put(\"a\", ...) does not accept null. Call putIfPresent(...) to omit the member, or pass"
                + " Json.Null.NULL.";

        refusesNull(() -> Json.object().put("a", (String) null), sentence);
        refusesNull(() -> Json.object().put("a", (Json) null), sentence);
    }

    @Test
    void aPrincipalHasASubjectAndATenant() {
        refusesNull(() -> Principal.of(null), "Principal.subject must not be null.");
        refusesNull(() -> Principal.of("anna").withTenant(null), "Principal.tenant must not be null.");
    }

    private static void refusesNull(ThrowingCallable call, String sentence) {
        assertThatNullPointerException().isThrownBy(call).withMessage(sentence);
    }
}

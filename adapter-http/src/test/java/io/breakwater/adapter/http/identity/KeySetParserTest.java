package io.breakwater.adapter.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.Json;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySetParserTest {
    private static final Json.Obj CURVE = Keys.of("ES256").published();
    private static final Json.Obj RSA = Keys.of("RS256").published();

    private static Json set(List<Json> keys) {
        return Json.object().put("keys", new Json.Arr(keys)).build();
    }

    private static Json rsa(BigInteger exponent) {
        var key = Json.object();
        RSA.members().forEach(key::put);
        return key.put("e", Base64.getUrlEncoder().withoutPadding().encodeToString(exponent.toByteArray()))
                .build();
    }

    private static boolean isUsable(BigInteger exponent) throws ParseException {
        return KeySetParser.parse(set(List.of(CURVE, rsa(exponent)))).size() == 2;
    }

    @Test
    void aSetHas100KeysAtMost() throws ParseException {
        var keys = new ArrayList<Json>(Collections.nCopies(100, CURVE));
        assertThat(KeySetParser.parse(set(keys)).size()).isEqualTo(100);

        keys.add(CURVE);
        assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> KeySetParser.parse(set(keys)))
                .withMessage("The key set has more than 100 keys.");
    }

    @Test
    void anRsaKeyWhoseExponentMakesVerificationsExpensiveIsLeftOut() throws ParseException {
        var limit = BigInteger.ONE.shiftLeft(32);

        assertThat(isUsable(limit.subtract(BigInteger.ONE))).isTrue();
        assertThat(isUsable(limit.add(BigInteger.ONE))).isFalse();
        assertThat(isUsable(BigInteger.ONE)).isFalse();
        assertThat(isUsable(BigInteger.valueOf(4))).isFalse();
    }
}

package io.breakwater.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

class ConnectionStringTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:p%40ss@db.example.com:5433/shop?sslmode=require, db.example.com:5433/shop",
        "postgres://ann:p%40ss@db/shop, db/shop",
        "'postgresql://ann:p%40ss@one:1,two:2/shop?targetServerType=primary', 'one:1,two:2/shop'",
        "postgresql://ann:p%40ss@[::1]:5432/shop, [::1]:5432/shop",
        "jdbc:postgresql://db:5432/shop?user=ann&password=p@ss, db:5432/shop"
    })
    void readsBothFormsAndShowsNoLogin(String text, String place) {
        var read = ConnectionString.of(text);

        assertThat(read.location()).isEqualTo(place);
        assertThat(read.role()).isEqualTo("ann");
        assertThat(read.sets(PGProperty.PASSWORD)).isTrue();
        assertThat(read).hasToString("postgresql://******@" + place);
    }

    /** The ends of passwords whose special characters were not encoded look like other parts of an address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "canary@db/shop",
                "mysql://ann:canary@db/shop",
                "postgresql://ann:12/canary@db",
                "postgresql://ann:12/canary@db/shop",
                "postgresql://ann:12?canary@db/shop",
                "postgresql://ann:12?canary=x@db/shop",
                "postgresql://ann:12?a=b&canary&c@db/shop",
                "postgresql://ann:12#canary@db/shop",
                "postgresql://ann:canary%zz@db/shop",
                "postgresql://ann:canary@db:port/shop",
                "jdbc:postgresql://db/shop?user=ann&password=canary%zz"
            })
    void refusesWhatIsNoAddressAndRepeatsNothingOfIt(String text) {
        assertThatThrownBy(() -> ConnectionString.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .contains("PostgreSQL")
                .doesNotContain("canary");
    }

    @Test
    void refusesAnSslModeThatTheDriverDoesNotKnow() {
        assertThatThrownBy(() -> ConnectionString.of("postgresql://db/shop?sslmode=verify"))
                .hasMessage("The PostgreSQL address has an invalid value of 'sslmode';"
                        + " did you mean verify-ca or verify-full?"
                        + " Write one of disable, allow, prefer, require, verify-ca, verify-full");
        assertThatThrownBy(() -> ConnectionString.of("postgresql://db/shop?channel_binding=always"))
                .hasMessage("The PostgreSQL address has an invalid value of 'channel_binding'."
                        + " Write one of disable, prefer, require");
        assertThat(ConnectionString.of("postgresql://db/shop?sslmode=verify-full")
                        .sets(PGProperty.SSL_MODE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://db:65536/shop", "postgresql://one,[::1]:99999/shop"})
    void refusesAPortThatIsTooHigh(String text) {
        assertThatThrownBy(() -> ConnectionString.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write a number from 1 to 65535");
    }

    @Test
    void namesAnUnknownParameter() {
        assertThatThrownBy(() -> ConnectionString.of("postgresql://ann:canary@db/shop?ssl-mode=require"))
                .hasMessageContaining("'ssl-mode'");
    }
}

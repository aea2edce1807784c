package io.breakwater.adapter.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The lexer reads UTF-8, and the server's scanner reads what became of it in the encoding of the database. Both see the
 * same quotes and signs only if no character above ASCII is converted to a byte below 0x80. Tried are the scripts,
 * signs and full-width forms that the encodings have, and a sample of all others.
 */
@Tag("server")
abstract class EncodingTests {
    /** Counts the characters that an encoding has, and those of them that become a byte of ASCII. */
    private static final String CONVERTED = """
            CREATE FUNCTION converted(encoding name, OUT characters int, OUT ascii int) LANGUAGE plpgsql AS $$
            DECLARE c int; bytes bytea;
            BEGIN
              characters := 0;
              ascii := 0;
              FOR c IN SELECT n FROM generate_series(128, 55295) n
                WHERE n < 1536 OR n BETWEEN 3584 AND 3711 OR n BETWEEN 8192 AND 8959 OR n BETWEEN 12288 AND 12543 OR n % 37 = 0
                UNION ALL SELECT generate_series(65280, 65519) UNION ALL SELECT generate_series(131072, 173791, 371)
              LOOP
                BEGIN
                  bytes := convert_to(chr(c), encoding);
                  characters := characters + 1;
                  FOR i IN 0 .. length(bytes) - 1 LOOP
                    ascii := ascii + (get_byte(bytes, i) < 128)::int;
                  END LOOP;
                EXCEPTION WHEN untranslatable_character OR undefined_function THEN
                END;
              END LOOP;
            END $$
            """;

    /** Those that a database can have come first, up to KOI8U. */
    private static final String SERVER_ENCODINGS =
            " FROM generate_series(0, 34) n, converted(pg_encoding_to_char(n)) WHERE pg_encoding_to_char(n) <> ''";

    abstract PostgresServer server();

    @Test
    void noCharacterAboveAsciiBecomesAsciiInADatabase() throws SQLException {
        var database = database();

        assertThat(server().number(database, "SELECT sum(ascii)" + SERVER_ENCODINGS))
                .isZero();
        assertThat(server().number(database, "SELECT count(*)" + SERVER_ENCODINGS + " AND characters >= 60"))
                .isGreaterThan(30);
    }

    /** These are for clients alone, and their second bytes can be a backslash. */
    @Test
    void theCheckFindsEncodingsWhereThatHappens() throws SQLException {
        var ascii = "SELECT ascii FROM converted('%s')";
        var database = database();

        assertThat(server().number(database, ascii.formatted("SJIS"))).isPositive();
        assertThat(server().number(database, ascii.formatted("BIG5"))).isPositive();
        assertThat(server().number(database, ascii.formatted("GBK"))).isPositive();
    }

    private String database() {
        var database = server().newDatabase();
        server().execute(database, CONVERTED);
        return database;
    }
}

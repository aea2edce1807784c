package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class ErrorTranslatorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ERR max number of clients reached                              | ERR max number of clients reached
            ERR Can't save in background: fork                             | ERR Can't save in background: fork
            ERR unknown command 'AUTH', with args beginning with: 'secret' | ERR unknown command
            ERR unknown command `AUTH`, with args beginning with: `secret` | ERR unknown command
            ERR wrong thing, with args beginning with: secret              | ERR wrong thing
            """)
    void keepsTheWordsOfRedisButNotWhatTheyRepeatOfACommand(String answer, String words) {
        assertThat(ErrorTranslator.translate(new JedisDataException(answer)))
                .hasMessage("Redis answers with an error: " + words);
    }

    @Test
    void keepsOneShortLineOfThem() {
        assertThat(ErrorTranslator.translate(new JedisDataException("ERR a\r\nb" + "c".repeat(1_000))))
                .message()
                .startsWith("Redis answers with an error: ERR a??bc")
                .hasSizeLessThan(300);
    }

    @Test
    void namesNoServerThatAnswersForAnother() {
        assertThat(ErrorTranslator.translate(new JedisDataException("MOVED 3999 10.0.0.7:6381")))
                .message()
                .contains("cluster")
                .doesNotContain("10.0.0.7");
    }

    @Test
    void saysThatTheServerExpectsTls() {
        assertThat(ErrorTranslator.translate(new JedisConnectionException("Unknown reply: \u0015")))
                .hasMessage("The server at the URL of Redis uses TLS; write rediss:// instead of redis://.");
    }
}

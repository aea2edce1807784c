package io.breakwater.bootstrap.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysDocumentTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final String VALID = """
            {"keys": [{"id": "abcd2345", "name": "reports", "roles": ["reader"], "scopes": ["a:b"], "tenant": "acme",
              "created": "2026-01-31T12:00:00Z", "expires": "2040-01-31T12:00:00Z",
              "secrets": [{"sha256": "%s", "expires": "2030-01-31T12:00:00Z"}]}]}""".formatted("0f".repeat(32));

    private static List<StoredKey> parse(String text) {
        return KeysDocument.parse(text.getBytes(UTF_8));
    }

    @Test
    void readsWhatItWrites() {
        var digests = List.of(
                new SecretDigest(ApiKeyFormat.digest("new"), null), new SecretDigest(ApiKeyFormat.digest("old"), TIME));
        var rights = new KeyRights(List.of("reader"), List.of("a:b", "c"), "acme");
        var keys = List.of(
                new StoredKey("abcd2345", "reports", rights, TIME, TIME, digests),
                new StoredKey("bcde2345", "a.b_c@d:e/f+g-h", KeyRights.NONE, TIME, null, digests.subList(0, 1)));

        assertThat(KeysDocument.parse(KeysDocument.format(keys)))
                .usingRecursiveComparison()
                .isEqualTo(keys);
    }

    @Test
    void rightsAndEndsMayBeAbsent() {
        var key = parse("""
                {"keys": [{"id": "abcd2345", "name": "reports", "created": "2026-01-31T12:00:00Z", "expires": null,
                  "secrets": [{"sha256": "%s"}]}]}""".formatted("0f".repeat(32))).getFirst();

        assertThat(key.rights()).isEqualTo(KeyRights.NONE);
        assertThat(key.expires()).isNull();
        assertThat(parse("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\"           | \"ids\"        | keys[0].id is missing",
                "\"roles\"        | \"role\"       | keys[0].role is not a member that exists; did you mean roles?",
                "\"keys\"         | \"kees\"       | kees is not a member that exists; did you mean keys?",
                "\"sha256\"       | \"sha512\"     | keys[0].secrets[0].sha256 is missing",
                "\"abcd2345\"     | \"ABCD2345\"   | keys[0]: the id 'ABCD2345' is not valid",
                "\"abcd2345\"     | 7              | keys[0].id must be a string",
                "\"reports\"      | \"\"           | keys[0]: the name '' is not valid",
                "\"reports\"      | \"a b\"        | keys[0]: the name 'a b' is not valid",
                "\"acme\"         | \"a,b\"        | keys[0]: the tenant 'a,b' is not valid",
                "[\"reader\"]     | \"reader\"     | keys[0].roles must be an array",
                "[\"reader\"]     | [1]            | keys[0].roles must contain strings only",
                "\"a:b\"          | \"a b\"        | keys[0]: the scope 'a b' is not valid",
                "2040-01-31T12:00:00Z | tomorrow   | keys[0].expires must be a time",
                "2026-01-31T12:00:00Z | 2026-01-31 | keys[0].created must be a time",
                "0f0f             | 0F0F           | keys[0].secrets[0].sha256 must be 64 lower-case",
                "{\"keys\"        | [\"keys\"      | the file is not JSON",
            })
    void refusesTheWholeFileAndSaysWhere(String valid, String invalid, String message) {
        assertThat(VALID).contains(valid);
        assertThat(parse(VALID)).hasSize(1);

        assertThatThrownBy(() -> parse(VALID.replace(valid, invalid)))
                .isInstanceOf(InvalidKeysFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesKeysThatCannotBeTold() {
        var key = VALID.substring(VALID.indexOf('[') + 1, VALID.length() - 2);

        assertThatThrownBy(() -> parse("{\"keys\": [" + key + "," + key + "]}"))
                .hasMessage("the id 'abcd2345' appears twice");
        assertThatThrownBy(() -> parse("{\"keys\": [" + key + "," + key.replace("abcd2345", "bcde2345") + "]}"))
                .hasMessage("the name 'reports' appears twice");
    }

    @Test
    void refusesAKeyWithoutSecretsAndAnythingThatIsNotADocument() {
        assertThatThrownBy(() -> parse(VALID.replaceAll("(?s)\\[\\{\"sha256.*?]", "[]")))
                .hasMessage("keys[0].secrets must contain at least one digest");
        assertThatThrownBy(() -> parse("[]")).hasMessage("the file must be a JSON object");
        assertThatThrownBy(() -> parse("{\"keys\": [1]}")).hasMessage("keys[0] must be a JSON object");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("the file is not JSON");
        assertThatThrownBy(() -> KeysDocument.parse(new byte[] {(byte) 0xff})).hasMessage("the file is not UTF-8 text");
    }
}

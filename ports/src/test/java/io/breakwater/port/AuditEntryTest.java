package io.breakwater.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.AuditEntry.AuditedCall;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final int MAX_LINE = 16 << 10;

    private static String line(AuditEntry entry) {
        return new String(entry.line("log/1"), UTF_8);
    }

    private static AuditEntry end(Principal principal, String method, String target) {
        return new AuditEntry.End(TIME, AuditedCall.of("id-1", principal, method, target, null), "ok", null);
    }

    @Test
    void aLineSaysWhoDidWhatWithWhichOutcome() {
        var principal = Principal.of("https://issuer.example", "ann").withTenant("acme");
        var call = AuditedCall.of("id-1", principal, "tools/call", "delete_user", "aabb");

        assertThat(line(new AuditEntry.Start(TIME, call)))
                .isEqualTo("{\"time\":\"2026-03-01T12:00:00.123456Z\",\"event\":\"start\",\"log\":\"log/1\","
                        + "\"request_id\":\"id-1\",\"issuer\":\"https://issuer.example\",\"subject\":\"ann\","
                        + "\"kind\":\"user\",\"tenant\":\"acme\",\"method\":\"tools/call\",\"target\":\"delete_user\","
                        + "\"arguments\":\"aabb\"}");
        assertThat(line(new AuditEntry.End(TIME, call, "not_found", Duration.ofNanos(1_234_567))))
                .endsWith("\"outcome\":\"not_found\",\"duration_us\":1234}");
        assertThat(line(new AuditEntry.Lost(TIME, 3))).endsWith("\"event\":\"lost\",\"log\":\"log/1\",\"entries\":3}");
    }

    @Test
    void aCallOnBehalfOfAUserHasBothNames() {
        var line = line(end(Principal.of("ann").viaClient("reporting"), "tools/call", "echo"));

        assertThat(line).contains("\"subject\":\"ann\",\"client\":\"reporting\",\"kind\":\"user_via_client\"");
    }

    @Test
    void textOfTheCallerCannotForgeALineOrAMemberOrMoveTheCursor() {
        var target = "a\n{\"time\":\"x\"}\",\"outcome\":\"ok\r\t\u001b[2J\u0085\u2028\u202e\ud800\ue000é\u007f";

        var line = line(end(Principal.of("ann"), "tools/call", target));

        assertThat(line).matches("[ -~é]*").contains("\\u001b[2J\\u0085\\u2028\\u202e\\ud800\\ue000é\\u007f");
        assertThat(((Json.Obj) Json.parse(line.replace("\\ud800", ""))).text("target"))
                .isEqualTo(target.replace("\ud800", ""));
    }

    @Test
    void aLineIsShortHoweverLongTheTextsOfTheCallerAre() {
        var huge = "\u0001".repeat(1 << 20);
        var principal = Principal.of(huge, huge).withTenant(huge).viaClient(huge);

        var line = end(principal, huge, huge).line("log/1");

        assertThat(line).hasSizeLessThan(MAX_LINE);
    }

    @Test
    void differentLongTextsStayDifferent() {
        var common = "x".repeat(1_000);

        assertThat(line(end(Principal.of("ann"), "resources/read", common + "1")))
                .isNotEqualTo(line(end(Principal.of("ann"), "resources/read", common + "2")));
    }

    @Test
    void aLossHasANumber() {
        assertThatThrownBy(() -> new AuditEntry.Lost(TIME, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

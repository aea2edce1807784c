package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.HOME;
import static io.breakwater.core.presentation.interceptor.LimitedServers.TWO;
import static io.breakwater.core.presentation.interceptor.LimitedServers.isLimited;
import static io.breakwater.core.presentation.interceptor.LimitedServers.perTool;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.settings.RateLimitSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that asks its user is one call, although its client repeats it with the responses. */
class RoundRateLimitTest {
    private static final String YES = "{'sure':{'action':'accept','content':{'sure':true}}}";

    record Confirmation(boolean sure) {}

    private final LimitedServers servers = new LimitedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aRoundOfACallIsNotAnotherCallUnlessItIsSentAgain() {
        var caller = ModernRequests.from(servers.start(withQuestion(perTool(TWO))), HOME);
        var asked = caller.call("ask").result();
        caller.call("ask").awaitEnd();

        assertThat(isLimited(answer(caller, asked, YES))).isFalse();

        assertThat(isLimited(answer(caller, asked, YES))).isTrue();
    }

    @Test
    void responsesWithoutAStateAreANewCall() {
        var caller = ModernRequests.from(servers.start(withQuestion(perTool(TWO))), HOME);
        caller.call("ask").awaitEnd();
        caller.call("ask").awaitEnd();

        assertThat(isLimited(caller.ask("tools/call", "{'name':'ask','inputResponses':" + YES + "}")))
                .isTrue();
    }

    @Test
    void aClientThatNeverRespondsContinuesItsCallTenTimes() {
        var caller = ModernRequests.from(servers.start(withQuestion(perTool(TWO))), HOME);
        caller.call("ask").awaitEnd();
        var reply = answer(caller, caller.call("ask").result(), "{}");

        int rounds = 0;
        while (!isLimited(reply)) {
            rounds++;
            reply = answer(caller, reply.result(), "{}");
        }

        assertThat(rounds).isEqualTo(10);
    }

    private static RecordedReply answer(ModernRequests caller, Json.Obj asked, String responses) {
        return caller.again("tools/call", "{'name':'ask'}", asked, responses);
    }

    private BreakwaterBuilder withQuestion(RateLimitSettings settings) {
        return servers.builder(settings)
                .tool(SampleTools.saying(
                        "ask",
                        call -> "sure: "
                                + call.elicit("sure", "Really?", Confirmation.class)
                                        .sure()));
    }
}

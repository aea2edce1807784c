package io.breakwater.core.presentation.protocol.modern;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryNonceStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A consent counts for one call of one principal, on all servers, however often a client sends it. */
class ReplayedConsentTest {
    private static final String FORMS = "{'elicitation':{'form':{}}}";
    private static final String CALL = "{'name':'delete','arguments':{'file':'a'}}";
    private static final String YES = "{'action':'accept','content':{'confirm':true}}";

    record Deletion(String file) {}

    record Reason(String why) {}

    private final TimedExecutors executors = new TimedExecutors();
    private final AtomicInteger deletions = new AtomicInteger();
    private final AtomicReference<Principal> caller = new AtomicReference<>(Principal.of("ann"));
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryNonceStore shared = new MemoryNonceStore(line, executors::nanoTime);
    private final Breakwater server = server(shared);
    private final ModernRequests client = ModernRequests.http(server, FORMS);

    private Breakwater server(@Nullable NonceStore nonces) {
        var builder = Breakwater.named("t")
                .executors(executors)
                .secret(new byte[32])
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
                .tool(SampleTools.draft("delete")
                        .input(Deletion.class)
                        .destructive()
                        .confirm((deletion, call) -> ConfirmationMessage.of("Delete {}?", deletion.file()))
                        .handler((deletion, call) -> delete()))
                .tool(SampleTools.draft("other")
                        .input(Deletion.class)
                        .destructive()
                        .confirm((deletion, call) -> ConfirmationMessage.of("Delete {}?", deletion.file()))
                        .handler((deletion, call) -> delete()))
                .tool(SampleTools.draft("explain")
                        .input(Deletion.class)
                        .destructive()
                        .confirm((deletion, call) -> ConfirmationMessage.of("Delete {}?", deletion.file()))
                        .handler((deletion, call) -> {
                            call.elicit("reason", "Why?", Reason.class);
                            return delete();
                        }));
        return (nonces == null ? builder : builder.nonces(nonces)).build();
    }

    private ToolResult delete() {
        deletions.incrementAndGet();
        return ToolResult.text("deleted");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Json.Obj pending(String call) {
        return client.ask("tools/call", call).result();
    }

    /** Returns the responses that agree to all requests. */
    private static String consent(Json.Obj pending) {
        var key = pending.object("inputRequests").members().keySet().iterator().next();
        return "{'" + key + "':" + YES + "}";
    }

    private RecordedReply confirm(Json.Obj pending) {
        return client.again("tools/call", CALL, pending, consent(pending));
    }

    private static String text(RecordedReply reply) {
        return reply.awaitEnd().answer().toString();
    }

    @Test
    void aConsentActsOnce() {
        var pending = pending(CALL);

        assertThat(text(confirm(pending))).contains("deleted");
        assertThat(text(confirm(pending))).contains("CONFLICT", "used before");
        assertThat(deletions).hasValue(1);
    }

    @Test
    void concurrentReplaysActOnce() throws Exception {
        var pending = pending(CALL);

        var replies = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> replay = () -> text(confirm(pending));
            for (var reply : threads.invokeAll(Collections.nCopies(8, replay))) {
                replies.add(reply.get());
            }
        }

        assertThat(replies.stream().filter(reply -> reply.contains("CONFLICT"))).hasSize(7);
        assertThat(deletions).hasValue(1);
    }

    @Test
    void aSecondServerWithTheSameNoncesKnowsTheUsedConsent() {
        try (var replica = server(shared)) {
            var elsewhere = ModernRequests.http(replica, FORMS);
            var first = pending(CALL);
            assertThat(text(elsewhere.again("tools/call", CALL, first, consent(first))))
                    .contains("deleted");
            assertThat(text(confirm(first))).contains("CONFLICT", "used before");
            assertThat(deletions).hasValue(1);
        }
    }

    @Test
    @CoversOutage("confirmation: process restarted, without Redis")
    void serversWithoutCommonNoncesDoNotAcceptEachOthersConsents() {
        try (var one = server(null);
                var two = server(null)) {
            var first = ModernRequests.http(one, FORMS);
            var pending = first.ask("tools/call", CALL).result();

            var elsewhere = ModernRequests.http(two, FORMS).again("tools/call", CALL, pending, consent(pending));
            assertThat(text(elsewhere)).contains("CONFLICT", "Another server");
            assertThat(text(first.again("tools/call", CALL, pending, consent(pending))))
                    .contains("deleted");
            assertThat(text(first.again("tools/call", CALL, pending, consent(pending))))
                    .contains("used before");
            assertThat(deletions).hasValue(1);
        }
    }

    @Test
    void aConsentDoesNotCountForAnotherCall() {
        var pending = pending(CALL);
        var consent = consent(pending);

        var arguments = client.again("tools/call", "{'name':'delete','arguments':{'file':'b'}}", pending, consent);
        assertThat(text(arguments)).contains("did not issue this requestState");
        var tool = client.again("tools/call", "{'name':'other','arguments':{'file':'a'}}", pending, consent);
        assertThat(text(tool)).contains("did not issue this requestState");
        caller.set(Principal.of("bob"));
        assertThat(text(confirm(pending))).contains("did not issue this requestState");
        assertThat(deletions).hasValue(0);
    }

    @Test
    void aResponseWithoutTheStateOrToAnEarlierRequestDoesNotCount() {
        var first = pending(CALL);
        var second = pending(CALL);

        var stateless = client.again("tools/call", CALL, json("{}"), consent(first));
        assertThat(text(stateless)).contains("input_required");
        var mixed = client.again("tools/call", CALL, second, consent(first));
        assertThat(text(mixed)).contains("input_required");
        assertThat(deletions).hasValue(0);
    }

    @Test
    void anExpiredConsentDoesNotCount() {
        var pending = pending(CALL);

        executors.pass(Duration.ofMinutes(11));

        assertThat(text(confirm(pending))).contains("has expired");
        assertThat(deletions).hasValue(0);
    }

    @Test
    void aRefusalCannotBecomeAConsent() {
        var pending = pending(CALL);
        var refusal = consent(pending).replace(YES, "{'action':'decline'}");

        assertThat(text(client.again("tools/call", CALL, pending, refusal))).contains("DECLINED");
        assertThat(text(confirm(pending))).contains("CONFLICT", "used before");
        assertThat(deletions).hasValue(0);
    }

    @Test
    void anInvalidResponseGivesNoSecondConsent() {
        var pending = pending(CALL);
        var invalid = consent(pending).replace("true", "'yes'");
        var repeated = client.again("tools/call", CALL, pending, invalid).result();

        assertThat(text(confirm(pending))).contains("deleted");
        assertThat(text(client.again("tools/call", CALL, repeated, consent(pending))))
                .contains("used before");
        assertThat(deletions).hasValue(1);
    }

    @Test
    void noRoundOfALongerCallActsTwice() {
        var call = "{'name':'explain','arguments':{'file':'a'}}";
        var first = pending(call);
        var second = client.again("tools/call", call, first, consent(first)).result();
        assertThat(second.object("inputRequests").members()).containsOnlyKeys("reason");
        var reason = "{'reason':{'action':'accept','content':{'why':'old'}}}";

        assertThat(text(client.again("tools/call", call, second, reason))).contains("deleted");

        assertThat(text(client.again("tools/call", call, second, reason))).contains("used before");
        assertThat(text(client.again("tools/call", call, first, consent(first))))
                .contains("used before");
        assertThat(deletions).hasValue(1);
    }

    @Test
    @CoversOutage("confirmation: Redis down or frozen")
    void doesNothingWhileTheNoncesAreNotAvailable() {
        var pending = pending(CALL);
        line.cut();

        assertThat(text(confirm(pending))).contains("EXTERNAL_ERROR", "did nothing");
        assertThat(deletions).hasValue(0);

        line.mend();
        assertThat(text(confirm(pending))).contains("deleted");
    }
}

package io.breakwater.core.presentation.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.idempotency.IdempotencyService;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that has waited for its user acts only if its caller may still make it. */
class WaitingCallAccessTest {
    private static final AccessRule ALL = AccessRule.allow("all").onTools("*");
    private static final String YES = "{'action':'accept','content':{'confirm':true}}";
    private static final String ERASE = "{'name':'erase','arguments':{'what':'a'}}";

    record Erasure(String what) {}

    private final SimulatedLink line = new SimulatedLink();
    private final InstantSource clock = InstantSource.system();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, clock);
    private final MemoryUserStore users = new MemoryUserStore(line, clock, keys);
    private final AtomicBoolean revoked = new AtomicBoolean();
    private final AtomicInteger runs = new AtomicInteger();
    private final Breakwater server = Breakwater.named("shop")
            .authenticator(
                    Authenticator.of((fields, peer) -> new Authenticated(Principal.of("ann"), null, revoked::get)))
            .accessRules(AccessRules.of(ALL))
            .idempotency(keys)
            .pack(new BuiltInPack.Users(users))
            .tool(SampleTools.draft("erase")
                    .input(Erasure.class)
                    .destructive()
                    .confirm((erasure, call) -> ConfirmationMessage.of("Erase {}?", erasure.what()))
                    .handler((erasure, call) -> {
                        runs.incrementAndGet();
                        return ToolResult.text("erased");
                    }))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server);
    private final RecordedReply waiting = client.ask("tools/call", ERASE);
    private final Json.Obj form = waiting.awaitMessages(1).getFirst();

    @AfterEach
    void close() {
        server.close();
    }

    private String answer() {
        client.answer(form, YES);
        return waiting.awaitEnd().answer().toString();
    }

    @Test
    void actsIfNothingHasChanged() {
        assertThat(answer()).contains("erased");
    }

    @Test
    void aRuleThatNowDeniesTheToolMakesItUnknown() {
        server.accessRules(AccessRules.of(ALL, AccessRule.deny("none").onTools("erase")));

        assertThat(answer()).contains("Unknown tool: erase", "requestId");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRuleThatNowDeniesTheArgumentsRefusesTheCall() {
        server.accessRules(
                AccessRules.of(ALL, AccessRule.deny("what").onTools("erase").whenArgumentIs("/what", "a")));

        assertThat(answer()).contains("do not allow these arguments for tool erase");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRuleThatNowRequiresAScopeRefusesTheCall() {
        server.accessRules(
                AccessRules.of(AccessRule.allow("erasers").onTools("*").forScopes("erase:all")));

        assertThat(answer()).contains("FORBIDDEN", "erase:all");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRevokedCredentialEndsTheCall() {
        revoked.set(true);

        assertThat(answer()).contains("UNAUTHORIZED", "was revoked");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aCallerThatHasLostTheRightDoesNotReceiveTheResultOfAnotherAttempt() {
        users.create("Ann", "ann@example.com", ManualCallContext.unhurried());
        var deletion =
                "{'name':'delete_user','arguments':{'user_id':1},'_meta':{'" + IdempotencyService.META_KEY + "':'k'}}";
        var late = client.ask("tools/call", deletion);
        var lateForm = late.awaitMessages(1).getFirst();
        var other = client.ask("tools/call", deletion);
        client.answer(other.awaitMessages(1).getFirst(), YES);
        assertThat(other.awaitEnd().answer().has("result")).isTrue();

        server.accessRules(AccessRules.of(ALL, AccessRule.deny("none").onTools("delete_user")));
        client.answer(lateForm, YES);

        assertThat(late.awaitEnd().answer().toString()).contains("Unknown tool: delete_user");
    }
}

package io.breakwater.core.presentation.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that may no longer make a call does not receive the result of an earlier one either. */
class RepeatedCallAccessTest {
    private static final AccessRule ALL = AccessRule.allow("all").onTools("*");

    /** A tool that claims keys, one whose store records them, and a batch that derives keys. */
    private static final String PAY = call("pay", "{'account':'a','amount':1}");

    private static final String CREATE = call("create_user", "{'name':'Ann','email':'ann@example.com'}");
    private static final String BATCH =
            call("batch_operation", "{'operations':[{'tool':'pay','arguments':{'account':'a','amount':1}}]}");

    private final SimulatedLink line = new SimulatedLink();
    private final InstantSource clock = InstantSource.system();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, clock);
    private final AtomicReference<Principal> caller = new AtomicReference<>(Principal.of("ann"));
    private final AtomicInteger payments = new AtomicInteger();

    record Payment(String account, long amount) {}

    private final Breakwater server = Breakwater.named("shop")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .accessRules(AccessRules.of(ALL))
            .idempotency(keys)
            .pack(new BuiltInPack.Users(new MemoryUserStore(line, clock, keys)))
            .pack(new BuiltInPack.Batch())
            .tool(SampleTools.draft("pay")
                    .input(Payment.class)
                    .handler((payment, call) -> ToolResult.text("receipt " + payments.incrementAndGet())))
            .build();
    private final ModernRequests client = ModernRequests.http(server, "{}");

    @AfterEach
    void close() {
        server.close();
    }

    private static String call(String tool, String arguments) {
        return "{'name':'" + tool + "','arguments':" + arguments + ",'_meta':{'" + IdempotencyService.META_KEY
                + "':'k'}}";
    }

    private Json.Obj send(String call) {
        return client.ask("tools/call", call).answer();
    }

    private static boolean replayed(Json.Obj answer) {
        return answer.toString().contains(KeyedCall.META_REPLAYED);
    }

    private void assertRefused(String call, String reason) {
        var answer = send(call);
        assertThat(answer.object("error").text("message")).as(answer.toString()).contains(reason);
        assertThat(answer.has("result")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay", "create_user"})
    void aRuleThatNowDeniesTheToolRefusesTheRepetition(String tool) {
        var call = tool.equals("pay") ? PAY : CREATE;
        assertThat(send(call).has("result")).isTrue();

        server.accessRules(AccessRules.of(ALL, AccessRule.deny("none").onTools(tool)));
        assertRefused(call, "Unknown tool: " + tool);

        server.accessRules(AccessRules.of(ALL));
        assertThat(replayed(send(call))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay", "create_user"})
    void aRuleThatNowDeniesTheArgumentsRefusesTheRepetition(String tool) {
        var call = tool.equals("pay") ? PAY : CREATE;
        assertThat(send(call).has("result")).isTrue();

        server.accessRules(AccessRules.of(
                ALL,
                AccessRule.deny("account").onTools("pay").whenArgumentIs("/account", "a"),
                AccessRule.deny("name").onTools("create_user").whenArgumentIs("/name", "Ann")));

        assertRefused(call, "do not allow these arguments for tool " + tool);
    }

    @Test
    void aRuleThatNowRequiresAScopeRefusesTheRepetition() {
        caller.set(Principal.of("ann").withScopes(Set.of("payments")));
        assertThat(send(PAY).has("result")).isTrue();
        server.accessRules(
                AccessRules.of(AccessRule.allow("payments").onTools("*").forScopes("payments")));
        assertThat(replayed(send(PAY))).isTrue();

        caller.set(Principal.of("ann"));

        assertRefused(PAY, "payments");
    }

    @Test
    void aCallerThatHasLostItsRoleIsRefused() {
        server.accessRules(
                AccessRules.of(AccessRule.allow("cashiers").onTools("*").forRoles("cashier")));
        caller.set(Principal.of("ann").withRoles(Set.of("cashier")));
        assertThat(send(PAY).has("result")).isTrue();

        caller.set(Principal.of("ann"));

        assertRefused(PAY, "Unknown tool: pay");
    }

    @Test
    void aBatchIsRefusedIfOneOfItsCallsIsNowDenied() {
        assertThat(send(BATCH).has("result")).isTrue();

        server.accessRules(
                AccessRules.of(ALL, AccessRule.deny("account").onTools("pay").whenArgumentIs("/account", "a")));

        assertRefused(BATCH, "do not allow these arguments for tool pay");
        assertThat(payments).hasValue(1);
    }
}

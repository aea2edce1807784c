package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.cache.SampleReplica.Document;
import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.server.execution.ServerExecutors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may be given what was made for whom. */
class PrincipalsTest {
    private final AtomicReference<@Nullable Principal> caller = new AtomicReference<>(Principal.of("ada"));
    private final SampleReplica replica = new SampleReplica(
            new DocumentArchive(),
            ServerExecutors.standard(),
            plan -> plan.authenticator(
                    Authenticator.of((fields, peer) -> new Authenticated(identified(caller.get())))));

    private static Principal identified(@Nullable Principal caller) {
        if (caller == null) {
            throw new IllegalStateException("nobody");
        }
        return caller;
    }

    @AfterEach
    void close() {
        replica.close();
    }

    private Seen findAs(Principal principal) {
        caller.set(principal);
        return replica.find("1");
    }

    private void findsForWhomItWorks() {
        replica.server().removeTool("find");
        replica.server()
                .add(SampleReplica.finder()
                        .handler((args, call) ->
                                new Document("of " + call.principal().id())));
    }

    @Test
    void equalCallsOfTwoPrincipalsShareNothing() {
        findsForWhomItWorks();

        assertThat(findAs(Principal.of("ada"))).isEqualTo(new Seen("of ada", "miss"));
        assertThat(findAs(Principal.of("bob"))).isEqualTo(new Seen("of bob", "miss"));
        assertThat(findAs(Principal.of("ada"))).isEqualTo(new Seen("of ada", "hit"));
    }

    @Test
    void noNamesCanBeChosenSoThatTheyRunTogether() {
        var principals = new ArrayList<Principal>();
        var names = List.of("a", "ab", "b", "a:b", "a\u0000b", "a|b", "ä", "shared", "own", " a", "a ", "A");
        names.forEach(name -> principals.add(Principal.of(name)));
        names.forEach(name ->
                names.forEach(tenant -> principals.add(Principal.of(name).withTenant(tenant))));

        assertThat(principals.stream().map(this::findAs).map(Seen::status)).containsOnly("miss");
        assertThat(principals.stream().map(this::findAs).map(Seen::status)).containsOnly("hit");
    }

    @Test
    void whatDependsOnNothingButItsArgumentsIsShared() {
        replica.server().removeTool("find");
        replica.server()
                .add(SampleReplica.finder()
                        .cacheForAll(SampleReplica.TTL)
                        .handler((args, call) -> new Document("same")));

        findAs(Principal.of("ada"));

        assertThat(findAs(Principal.of("bob"))).isEqualTo(new Seen("same", "hit"));
    }

    @Test
    void aRefreshWorksForWhoWantedIt() {
        findsForWhomItWorks();
        findAs(Principal.of("ada"));
        findAs(Principal.of("bob"));

        assertThat(findAs(Principal.of("ada")).text()).isEqualTo("of ada");
    }

    @Test
    void rejectsAMessageWhoseAuthenticationFails() {
        caller.set(null);

        assertThatThrownBy(() -> replica.find("1")).isInstanceOf(PortException.class);
    }
}

package io.breakwater.adapter.http.outbound.dns;

import io.breakwater.port.contract.NameServiceContract;
import io.breakwater.port.driven.NameService;
import io.breakwater.port.driven.NameService.Target;
import io.breakwater.sample.network.DnsResponder;
import io.breakwater.sample.network.DnsResponder.Behavior;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;

class DnsNameServiceContractTest extends NameServiceContract {
    private final DnsResponder server = new DnsResponder();

    @Override
    protected NameService create() {
        return new DnsNameService(
                DnsSettings.defaults().withServers(List.of(server.address())).withTimeout(Duration.ofMillis(500)));
    }

    @Override
    protected void answerAddresses(String host, Duration ttl, String... addresses) {
        server.answerAddresses(host, ttl, addresses);
    }

    @Override
    protected void answerTarget(String name, Duration ttl, Target target) {
        server.answerTargets(
                name, ttl, new DnsResponder.Service(target.priority(), target.weight(), target.port(), target.host()));
    }

    @Override
    protected void becomeSilent() {
        server.behave(Behavior.SILENCE);
    }

    @Override
    protected void awaitQuery() {
        Eventually.holds(() -> !server.queriedNames().isEmpty());
    }

    @Override
    protected void close(NameService used) {
        ((DnsNameService) used).close();
        server.close();
    }
}

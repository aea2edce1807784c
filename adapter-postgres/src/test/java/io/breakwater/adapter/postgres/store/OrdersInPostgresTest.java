package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.contract.OrderStoreContract;
import io.breakwater.port.contract.SampleKeys;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.OrderStore.Start;
import io.breakwater.port.driven.OrderStore.Terms;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class OrdersInPostgresTest extends OrderStoreContract {
    private static final PostgresServer SERVER = PostgresServer.newest();

    @RegisterExtension
    final Stores stores = new Stores(SERVER);

    @Override
    protected OrderStore make() {
        return stores.fresh().orders();
    }

    @Test
    void theRetentionOfAResultBeginsWhenTheOrderEnds() {
        var database = SERVER.newDatabase();
        var orders = stores.ready(stores.settings(database)).orders();
        var key = SampleKeys.key("order", "{}", Duration.ofHours(1));
        var terms = new Terms(Duration.ofMinutes(5), Duration.ofMinutes(5));
        var scope = ManualCallContext.unhurried();
        var claim = ((Start.Claimed) orders.begin(key, Json.Obj.EMPTY, terms, scope)).claim();
        SERVER.execute(
                database,
                "UPDATE breakwater.orders SET created_at = created_at - interval '2 hours',"
                        + " expires_at = expires_at - interval '2 hours'");

        orders.end(claim, Json.Obj.EMPTY, scope);

        assertThat(orders.begin(key, Json.Obj.EMPTY, terms, scope)).isEqualTo(new Start.Ended(Json.Obj.EMPTY));
    }
}

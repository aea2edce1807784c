package io.breakwater.port.driven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.AccountsContract;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.contract.CacheStoreContract;
import io.breakwater.port.contract.CheckpointStoreContract;
import io.breakwater.port.contract.DocumentStoreContract;
import io.breakwater.port.contract.EventBusContract;
import io.breakwater.port.contract.HostGaugesContract;
import io.breakwater.port.contract.IdempotencyStoreContract;
import io.breakwater.port.contract.IdempotentWritesContract;
import io.breakwater.port.contract.LeasesContract;
import io.breakwater.port.contract.LoginFailuresContract;
import io.breakwater.port.contract.NonceStoreContract;
import io.breakwater.port.contract.OrderStoreContract;
import io.breakwater.port.contract.PasswordHasherContract;
import io.breakwater.port.contract.QuotaStoreContract;
import io.breakwater.port.contract.RevocationStoreContract;
import io.breakwater.port.contract.ServicesContract;
import io.breakwater.port.contract.UserStoreContract;
import io.breakwater.port.memory.FastPasswordHasher;
import io.breakwater.port.memory.MemoryAccounts;
import io.breakwater.port.memory.MemoryAuditLog;
import io.breakwater.port.memory.MemoryCheckpointStore;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryLeases;
import io.breakwater.port.memory.MemoryLoginFailures;
import io.breakwater.port.memory.MemoryNonceStore;
import io.breakwater.port.memory.MemoryOrderStore;
import io.breakwater.port.memory.MemoryQuotaStore;
import io.breakwater.port.memory.MemoryRevocationStore;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.SimulatedLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryPortsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SimulatedLink line = new SimulatedLink();

    @Test
    void failsWhileTheLineIsCut() {
        var store = new MemoryStore(line, nanos::get);
        line.cut();
        assertThatThrownBy(() -> store.get("key")).isInstanceOf(PortException.UnavailableException.class);

        line.mend();
        assertThat(store.get("key")).isEmpty();
    }

    @Test
    void waitsWhileTheLineIsStalled() throws Exception {
        var leases = new MemoryLeases(line, nanos::get);
        line.stall();
        var taken = CompletableFuture.supplyAsync(() -> leases.acquire("lease", "holder", Duration.ofSeconds(1)));
        while (line.waiting() == 0) {
            Thread.onSpinWait();
        }
        assertThat(taken).isNotDone();

        line.mend();
        assertThat(taken.get()).isTrue();
    }

    @Nested
    class Store extends CacheStoreContract {
        @Override
        protected CacheStore make() {
            return new MemoryStore(line, nanos::get);
        }

        @Override
        protected void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    @Nested
    class AllLeases extends LeasesContract {
        @Override
        protected Leases make() {
            return new MemoryLeases(line, nanos::get);
        }

        @Override
        protected void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    @Nested
    class Nonces extends NonceStoreContract {
        @Override
        protected NonceStore make() {
            return new MemoryNonceStore(line, nanos::get);
        }

        @Override
        protected void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    @Nested
    class Bus extends EventBusContract {
        private @Nullable MemoryEventBus first;

        @Override
        protected EventBus make() {
            if (first == null) {
                first = MemoryEventBus.on(line);
                return first;
            }
            return first.another(line);
        }

        @Override
        protected void interrupt() {
            line.cut();
        }

        @Override
        protected void restore() {
            line.mend();
        }
    }

    @Nested
    class Users extends UserStoreContract {
        @Override
        protected UserStore make() {
            return new MemoryUserStore(line, InstantSource.system());
        }
    }

    @Nested
    class Documents extends DocumentStoreContract {
        @Override
        protected DocumentStore make() {
            return new MemoryDocumentStore(line, InstantSource.system());
        }
    }

    @Nested
    class Keys extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore make() {
            return new MemoryIdempotencyStore(line, InstantSource.system());
        }
    }

    @Nested
    class Quotas extends QuotaStoreContract {
        @Override
        protected QuotaStore make() {
            return new MemoryQuotaStore(line);
        }
    }

    @Nested
    class Orders extends OrderStoreContract {
        @Override
        protected OrderStore make() {
            return new MemoryOrderStore(line, InstantSource.system());
        }
    }

    @Nested
    class RecordedWrites extends IdempotentWritesContract {
        private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, InstantSource.system());

        @Override
        protected RecordingStores make() {
            return new RecordingStores(
                    new MemoryUserStore(line, InstantSource.system(), keys),
                    new MemoryDocumentStore(line, InstantSource.system(), keys),
                    keys);
        }
    }

    @Nested
    class NoGauges extends HostGaugesContract {
        @Override
        protected HostGauges make() {
            return HostGauges.NONE;
        }
    }

    @Nested
    class StoredAccounts extends AccountsContract {
        @Override
        protected Accounts make() {
            return new MemoryAccounts(line);
        }
    }

    @Nested
    class FailedLogins extends LoginFailuresContract {
        @Override
        protected LoginFailures make() {
            return new MemoryLoginFailures(line);
        }
    }

    @Nested
    class StoredRevocations extends RevocationStoreContract {
        @Override
        protected RevocationStore make() {
            return new MemoryRevocationStore(line);
        }
    }

    @Nested
    class Checkpoints extends CheckpointStoreContract {
        @Override
        protected CheckpointStore make() {
            return new MemoryCheckpointStore(line);
        }
    }

    @Nested
    class Hashes extends PasswordHasherContract {
        @Override
        protected PasswordHasher make() {
            return new FastPasswordHasher();
        }
    }

    @Nested
    class Audit extends AuditLogContract {
        @Override
        protected AuditLog make() {
            return new MemoryAuditLog(line);
        }

        @Override
        protected List<String> lines(AuditLog log) {
            return ((MemoryAuditLog) log)
                    .entries().stream()
                            .map(entry -> new String(entry.line(log.name()), StandardCharsets.UTF_8))
                            .toList();
        }
    }

    @Nested
    class ServicesOfATest extends ServicesContract {
        @Override
        protected Services services(ServiceOutcome outcome) {
            return new ScriptedServices().on("users", request -> outcome).on("orders", request -> outcome);
        }
    }
}

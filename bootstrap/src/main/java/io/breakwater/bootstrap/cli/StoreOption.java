package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.bootstrap.account.AccountEditor;
import io.breakwater.bootstrap.account.Argon2PasswordHasher;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The store that a command uses: that of the configuration. */
final class StoreOption {
    /** The maximum time for the work of a command. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    BreakwaterSettings settings(ProcessEnvironment process) {
        return configuration.load(process).settings();
    }

    /** Opens the configured store, runs the work and closes the store. */
    <T> T withStore(ProcessEnvironment process, BiFunction<PostgresStore, CallContext, T> work) {
        return withStore(settings(process).store().settings(), "Accounts and revocations are in the store.", work);
    }

    /**
     * Opens a store, runs the work and closes the store.
     *
     * @param settings the settings; null if no store is configured
     * @param need the sentence that says why a store is needed
     * @throws UnreachableServerException if the store is not available
     */
    static <T> T withStore(
            @Nullable StoreSettings settings, String need, BiFunction<PostgresStore, CallContext, T> work) {
        if (settings == null) {
            throw new NoSuchElementException(need + " Set store.url.");
        }
        var context = CallContext.background("command", TIMEOUT);
        try (var opened = PostgresStore.open(withTimeout(settings), SettingKeys::keyOf)) {
            return work.apply(opened, context);
        } catch (PortException.UnavailableException | PortException.DeadlineExceededException unreachable) {
            throw new UnreachableServerException(
                    "The store at " + settings.url().address() + " is not available: " + unreachable.getMessage(),
                    unreachable);
        }
    }

    /** A command waits for its only connection, unlike a call, which other calls follow. */
    static StoreSettings withTimeout(StoreSettings settings) {
        var pool = settings.pool();
        return settings.withPool(
                new PoolSettings(pool.min(), pool.max(), TIMEOUT, pool.leakAfter(), pool.retireAfter()));
    }

    /** Opens the store, and changes its accounts. */
    <T> T withAccounts(ProcessEnvironment process, BiFunction<AccountEditor, CallContext, T> work) {
        var issuer = settings(process).auth().localIssuer();
        return withStore(
                process,
                (store, context) -> work.apply(
                        new AccountEditor(
                                store.accounts(),
                                store.revocations(),
                                new Argon2PasswordHasher(),
                                issuer,
                                InstantSource.system()),
                        context));
    }
}
